-- What comes of asking an enclave for a file that is named by its hash is the same for bundles and lists.
ALTER TYPE "BundleState" RENAME TO "FileState";

-- AlterTable
ALTER TABLE "batch_settlements" ADD COLUMN     "carried_list_hash" TEXT;

-- CreateTable
CREATE TABLE "carried_lists" (
    "carried_hash" TEXT NOT NULL,
    "state" "FileState" NOT NULL,
    "content" BYTEA,
    "length" INTEGER,
    "url" TEXT,
    "fetched_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,

    CONSTRAINT "carried_lists_pkey" PRIMARY KEY ("carried_hash")
);

-- CreateIndex
CREATE INDEX "batch_settlements_carried_hash_idx" ON "batch_settlements"("carried_hash");

-- CreateIndex
CREATE INDEX "batch_settlements_carried_list_hash_idx" ON "batch_settlements"("carried_list_hash");

-- AddForeignKey
ALTER TABLE "batch_settlements" ADD CONSTRAINT "batch_settlements_carried_list_hash_fkey" FOREIGN KEY ("carried_list_hash") REFERENCES "carried_lists"("carried_hash") ON DELETE SET NULL ON UPDATE CASCADE;
