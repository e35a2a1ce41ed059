-- The contracts were deployed anew: the index is rebuilt from the chain.
INSERT INTO "feed" ("kind", "block_number") SELECT 'Rollback', "start_block" - 1 FROM "sync_state";
DELETE FROM "blocks";
DELETE FROM "sync_state";

-- AlterTable
ALTER TABLE "enclave_keys" ADD COLUMN     "app_id" TEXT NOT NULL,
ADD COLUMN     "operator" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "enclave_retirements" (
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "enclave_retirements_pkey" PRIMARY KEY ("block_hash","log_index")
);

-- CreateIndex
CREATE INDEX "enclave_retirements_key_id_idx" ON "enclave_retirements"("key_id");

-- AddForeignKey
ALTER TABLE "enclave_retirements" ADD CONSTRAINT "enclave_retirements_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;
