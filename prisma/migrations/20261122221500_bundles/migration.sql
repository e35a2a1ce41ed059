-- CreateEnum
CREATE TYPE "BundleState" AS ENUM ('FETCHED', 'MISSING', 'WRONG_HASH', 'TOO_LONG');

-- AlterTable
ALTER TABLE "settlements" ADD COLUMN     "bundle_hash" TEXT;

-- CreateTable
CREATE TABLE "bundles" (
    "proof_hash" TEXT NOT NULL,
    "state" "BundleState" NOT NULL,
    "content" BYTEA,
    "length" INTEGER,
    "url" TEXT,
    "fetched_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,

    CONSTRAINT "bundles_pkey" PRIMARY KEY ("proof_hash")
);

-- CreateIndex
CREATE INDEX "settlements_proof_hash_idx" ON "settlements"("proof_hash");

-- CreateIndex
CREATE INDEX "settlements_bundle_hash_idx" ON "settlements"("bundle_hash");

-- AddForeignKey
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_bundle_hash_fkey" FOREIGN KEY ("bundle_hash") REFERENCES "bundles"("proof_hash") ON DELETE SET NULL ON UPDATE CASCADE;
