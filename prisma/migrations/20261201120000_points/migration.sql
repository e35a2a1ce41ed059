-- The contracts were deployed anew, with points and credits in the leaves of bids: the index is rebuilt from the chain.
INSERT INTO "feed" ("kind", "block_number") SELECT 'Rollback', "start_block" - 1 FROM "sync_state";
DELETE FROM "blocks";
DELETE FROM "sync_state";

-- AlterTable
ALTER TABLE "bids" ADD COLUMN     "credit_bps" INTEGER NOT NULL,
ADD COLUMN     "points" INTEGER NOT NULL;
