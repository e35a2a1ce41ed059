-- The index is rebuilt from the chain: blocks were not compared with their receipts so far, the registry's events were
-- not read, and which settlement a winner belongs to was not kept. Every row that a block brought goes with it.
DELETE FROM "blocks";
UPDATE "sync_state" SET "block_number" = NULL, "block_hash" = NULL, "block_time" = NULL;
INSERT INTO "feed" ("kind", "block_number") SELECT 'Rollback', "start_block" - 1 FROM "sync_state";

-- CreateEnum
CREATE TYPE "LogCheck" AS ENUM ('VERIFIED', 'UNCHECKED', 'DISPUTED');

-- AlterTable
ALTER TABLE "blocks" ADD COLUMN     "log_check" "LogCheck" NOT NULL,
ADD COLUMN     "log_count" INTEGER NOT NULL;

-- AlterTable
ALTER TABLE "winners" DROP CONSTRAINT "winners_pkey",
ADD COLUMN     "round" BIGINT NOT NULL,
ADD CONSTRAINT "winners_pkey" PRIMARY KEY ("auction_id", "round", "seq");

-- AlterTable
ALTER TABLE "openings" DROP CONSTRAINT "openings_pkey",
ADD COLUMN     "round" BIGINT NOT NULL,
ADD CONSTRAINT "openings_pkey" PRIMARY KEY ("auction_id", "round", "seq");

-- AlterTable
ALTER TABLE "sync_state" ADD COLUMN     "disputed_block" BIGINT;

-- CreateTable
CREATE TABLE "enclave_keys" (
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "epoch" DECIMAL(20,0) NOT NULL,
    "not_before" DECIMAL(20,0) NOT NULL,
    "not_after" DECIMAL(20,0) NOT NULL,
    "public_key" TEXT NOT NULL,

    CONSTRAINT "enclave_keys_pkey" PRIMARY KEY ("block_hash","log_index")
);

-- CreateTable
CREATE TABLE "enclave_signers" (
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "simulated" BOOLEAN NOT NULL,
    "evidence" BYTEA NOT NULL,

    CONSTRAINT "enclave_signers_pkey" PRIMARY KEY ("block_hash","log_index")
);

-- CreateTable
CREATE TABLE "enclave_revocations" (
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "enclave_revocations_pkey" PRIMARY KEY ("block_hash","log_index")
);

-- CreateTable
CREATE TABLE "leadership" (
    "id" INTEGER NOT NULL,
    "term" BIGINT NOT NULL,

    CONSTRAINT "leadership_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "enclave_keys_key_id_idx" ON "enclave_keys"("key_id");

-- CreateIndex
CREATE INDEX "enclave_signers_key_id_idx" ON "enclave_signers"("key_id");

-- CreateIndex
CREATE INDEX "enclave_revocations_key_id_idx" ON "enclave_revocations"("key_id");

-- CreateIndex
CREATE INDEX "blocks_log_check_idx" ON "blocks"("log_check");

-- AddForeignKey
ALTER TABLE "enclave_keys" ADD CONSTRAINT "enclave_keys_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enclave_signers" ADD CONSTRAINT "enclave_signers_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enclave_revocations" ADD CONSTRAINT "enclave_revocations_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;
