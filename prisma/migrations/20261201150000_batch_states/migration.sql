-- The order book was deployed anew: the index is rebuilt from the chain.
INSERT INTO "feed" ("kind", "block_number") SELECT 'Rollback', "start_block" - 1 FROM "sync_state";
DELETE FROM "blocks";
DELETE FROM "sync_state";

-- AlterEnum
ALTER TYPE "EventKind" ADD VALUE 'AllCancelled' BEFORE 'BatchSettled';

-- AlterTable
ALTER TABLE "markets" DROP COLUMN "voids",
DROP COLUMN "extended_until",
ADD COLUMN     "operator" TEXT NOT NULL,
ADD COLUMN     "min_lots" BIGINT NOT NULL,
ADD COLUMN     "max_order_age" BIGINT NOT NULL;

-- AlterTable
ALTER TABLE "batches" ADD COLUMN     "settle_by" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "batch_ends" DROP COLUMN "voids";

-- AlterTable
ALTER TABLE "strikes" DROP COLUMN "signer_index",
DROP COLUMN "extended_until",
ADD COLUMN     "signer" TEXT NOT NULL,
ADD COLUMN     "moved_until" BIGINT NOT NULL,
ADD COLUMN     "moved_to" BIGINT NOT NULL;
