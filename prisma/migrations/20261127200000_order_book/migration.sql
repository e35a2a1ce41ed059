-- The index is rebuilt from the chain: the order book's events were not read so far, and may stand in any of its blocks.
-- Which order book is followed, the indexer says when it begins.
INSERT INTO "feed" ("kind", "block_number") SELECT 'Rollback', "start_block" - 1 FROM "sync_state";
DELETE FROM "blocks";
DELETE FROM "sync_state";

-- CreateEnum
CREATE TYPE "Room" AS ENUM ('AUCTIONS', 'BOOK');

-- CreateEnum
CREATE TYPE "BatchStatus" AS ENUM ('OPEN', 'SETTLED', 'FINAL', 'VOIDED', 'STRUCK');

-- AlterEnum


ALTER TYPE "EventKind" ADD VALUE 'MarketCreated';
ALTER TYPE "EventKind" ADD VALUE 'MarginDeposited';
ALTER TYPE "EventKind" ADD VALUE 'WithdrawalRequested';
ALTER TYPE "EventKind" ADD VALUE 'MarginWithdrawn';
ALTER TYPE "EventKind" ADD VALUE 'OrderPlaced';
ALTER TYPE "EventKind" ADD VALUE 'OrderCancelled';
ALTER TYPE "EventKind" ADD VALUE 'BatchSettled';
ALTER TYPE "EventKind" ADD VALUE 'BatchVoided';
ALTER TYPE "EventKind" ADD VALUE 'BatchFinalized';
ALTER TYPE "EventKind" ADD VALUE 'BatchStruck';

-- AlterTable
ALTER TABLE "events" ADD COLUMN     "base" DECIMAL(78,0),
ADD COLUMN     "batch_id" BIGINT,
ADD COLUMN     "market_id" TEXT,
ADD COLUMN     "quote" DECIMAL(78,0),
ADD COLUMN     "room" "Room" NOT NULL DEFAULT 'AUCTIONS';

-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "batch_id" BIGINT,
ADD COLUMN     "market_id" TEXT;

-- AlterTable
ALTER TABLE "sync_state" ADD COLUMN     "book" TEXT NOT NULL,
ADD COLUMN     "demo_base" TEXT;

-- CreateTable
CREATE TABLE "markets" (
    "id" TEXT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "creator" TEXT NOT NULL,
    "nonce" DECIMAL(78,0) NOT NULL,
    "base" TEXT NOT NULL,
    "base_symbol" TEXT,
    "base_decimals" INTEGER,
    "quote" TEXT NOT NULL,
    "quote_symbol" TEXT,
    "quote_decimals" INTEGER,
    "tick_size" DECIMAL(78,0) NOT NULL,
    "lot_size" DECIMAL(78,0) NOT NULL,
    "batch_length" BIGINT NOT NULL,
    "fee_bps" INTEGER NOT NULL,
    "band_bps" INTEGER NOT NULL,
    "batch_settle_by" BIGINT NOT NULL,
    "challenge_window" BIGINT NOT NULL,
    "starts_at" BIGINT NOT NULL,
    "last_price" BIGINT NOT NULL DEFAULT 0,
    "voids" BIGINT NOT NULL DEFAULT 0,
    "strike_count" BIGINT NOT NULL DEFAULT 0,
    "extended_until" BIGINT NOT NULL DEFAULT 0,
    "batch_count" BIGINT NOT NULL DEFAULT 0,
    "order_count" BIGINT NOT NULL DEFAULT 0,
    "cancellation_count" BIGINT NOT NULL DEFAULT 0,
    "trader_count" BIGINT NOT NULL DEFAULT 0,
    "traded_batch_count" BIGINT NOT NULL DEFAULT 0,
    "fill_count" BIGINT NOT NULL DEFAULT 0,
    "lots" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "paid" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "fees" DECIMAL(78,0) NOT NULL DEFAULT 0,

    CONSTRAINT "markets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batches" (
    "market_id" TEXT NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "ends_at" BIGINT NOT NULL,
    "status" "BatchStatus" NOT NULL DEFAULT 'OPEN',
    "acc" TEXT NOT NULL,
    "leaf_count" BIGINT NOT NULL DEFAULT 0,
    "order_count" BIGINT NOT NULL DEFAULT 0,
    "key_id" TEXT NOT NULL,
    "integrity" "Integrity" NOT NULL DEFAULT 'UNVERIFIED',
    "round" BIGINT,
    "clearing_price" BIGINT,
    "challenge_until" BIGINT,
    "fill_count" BIGINT NOT NULL DEFAULT 0,
    "lots" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "paid" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "fees" DECIMAL(78,0) NOT NULL DEFAULT 0,

    CONSTRAINT "batches_pkey" PRIMARY KEY ("market_id","batch_id")
);

-- CreateTable
CREATE TABLE "book_leaves" (
    "market_id" TEXT NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "trader" TEXT NOT NULL,
    "leaf" TEXT NOT NULL,
    "acc" TEXT NOT NULL,
    "order_count" BIGINT NOT NULL,
    "key_id" TEXT NOT NULL,
    "cancelled_leaf" TEXT,
    "x" DECIMAL(78,0),
    "y" DECIMAL(78,0),
    "sealed" BYTEA,
    "sealed_hash" TEXT,

    CONSTRAINT "book_leaves_pkey" PRIMARY KEY ("market_id","batch_id","seq")
);

-- CreateTable
CREATE TABLE "batch_settlements" (
    "market_id" TEXT NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "round" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "acc" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "clearing_price" BIGINT NOT NULL,
    "fills_hash" TEXT NOT NULL,
    "carried_hash" TEXT NOT NULL,
    "proof_hash" TEXT NOT NULL,
    "challenge_until" BIGINT NOT NULL,
    "fill_count" BIGINT NOT NULL,
    "lots" DECIMAL(78,0) NOT NULL,
    "paid" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "batch_settlements_pkey" PRIMARY KEY ("market_id","batch_id","round")
);

-- CreateTable
CREATE TABLE "fills" (
    "market_id" TEXT NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "round" BIGINT NOT NULL,
    "leaf" TEXT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "trader" TEXT NOT NULL,
    "sell" BOOLEAN NOT NULL,
    "lots" BIGINT NOT NULL,
    "payment" DECIMAL(78,0) NOT NULL,
    "fee" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "fills_pkey" PRIMARY KEY ("market_id","batch_id","round","leaf")
);

-- CreateTable
CREATE TABLE "batch_ends" (
    "market_id" TEXT NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "fees" DECIMAL(78,0),
    "voids" BIGINT,

    CONSTRAINT "batch_ends_pkey" PRIMARY KEY ("market_id","batch_id")
);

-- CreateTable
CREATE TABLE "strikes" (
    "market_id" TEXT NOT NULL,
    "round" BIGINT NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "signer_index" INTEGER NOT NULL,
    "extended_until" BIGINT NOT NULL,

    CONSTRAINT "strikes_pkey" PRIMARY KEY ("market_id","round")
);

-- CreateTable
CREATE TABLE "margin_changes" (
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "market_id" TEXT NOT NULL,
    "trader" TEXT NOT NULL,
    "base" DECIMAL(78,0) NOT NULL,
    "quote" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "margin_changes_pkey" PRIMARY KEY ("block_hash","log_index","part")
);

-- CreateTable
CREATE TABLE "traders" (
    "market_id" TEXT NOT NULL,
    "trader" TEXT NOT NULL,
    "base" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "quote" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "changes" BIGINT NOT NULL DEFAULT 0,
    "order_count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "traders_pkey" PRIMARY KEY ("market_id","trader")
);

-- CreateIndex
CREATE INDEX "markets_block_number_log_index_idx" ON "markets"("block_number", "log_index");

-- CreateIndex
CREATE INDEX "markets_traded_batch_count_id_idx" ON "markets"("traded_batch_count", "id");

-- CreateIndex
CREATE INDEX "markets_creator_idx" ON "markets"("creator");

-- CreateIndex
CREATE UNIQUE INDEX "markets_block_hash_log_index_key" ON "markets"("block_hash", "log_index");

-- CreateIndex
CREATE INDEX "batches_block_hash_idx" ON "batches"("block_hash");

-- CreateIndex
CREATE INDEX "batches_market_id_status_batch_id_idx" ON "batches"("market_id", "status", "batch_id");

-- CreateIndex
CREATE INDEX "batches_market_id_ends_at_idx" ON "batches"("market_id", "ends_at");

-- CreateIndex
CREATE INDEX "batches_integrity_idx" ON "batches"("integrity");

-- CreateIndex
CREATE INDEX "book_leaves_market_id_cancelled_leaf_idx" ON "book_leaves"("market_id", "cancelled_leaf");

-- CreateIndex
CREATE INDEX "book_leaves_market_id_trader_batch_id_seq_idx" ON "book_leaves"("market_id", "trader", "batch_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "book_leaves_block_hash_log_index_key" ON "book_leaves"("block_hash", "log_index");

-- CreateIndex
CREATE UNIQUE INDEX "book_leaves_market_id_leaf_key" ON "book_leaves"("market_id", "leaf");

-- CreateIndex
CREATE INDEX "batch_settlements_market_id_block_number_log_index_idx" ON "batch_settlements"("market_id", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "batch_settlements_signer_idx" ON "batch_settlements"("signer");

-- CreateIndex
CREATE UNIQUE INDEX "batch_settlements_block_hash_log_index_key" ON "batch_settlements"("block_hash", "log_index");

-- CreateIndex
CREATE INDEX "fills_block_hash_idx" ON "fills"("block_hash");

-- CreateIndex
CREATE INDEX "fills_market_id_leaf_idx" ON "fills"("market_id", "leaf");

-- CreateIndex
CREATE INDEX "fills_market_id_trader_batch_id_leaf_idx" ON "fills"("market_id", "trader", "batch_id", "leaf");

-- CreateIndex
CREATE INDEX "batch_ends_market_id_block_number_log_index_idx" ON "batch_ends"("market_id", "block_number", "log_index");

-- CreateIndex
CREATE UNIQUE INDEX "batch_ends_block_hash_log_index_key" ON "batch_ends"("block_hash", "log_index");

-- CreateIndex
CREATE UNIQUE INDEX "strikes_block_hash_log_index_key" ON "strikes"("block_hash", "log_index");

-- CreateIndex
CREATE INDEX "margin_changes_market_id_trader_idx" ON "margin_changes"("market_id", "trader");

-- CreateIndex
CREATE INDEX "traders_trader_idx" ON "traders"("trader");

-- CreateIndex
CREATE INDEX "events_market_id_kind_idx" ON "events"("market_id", "kind");

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "markets" ADD CONSTRAINT "markets_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batches" ADD CONSTRAINT "batches_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batches" ADD CONSTRAINT "batches_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "book_leaves" ADD CONSTRAINT "book_leaves_market_id_batch_id_fkey" FOREIGN KEY ("market_id", "batch_id") REFERENCES "batches"("market_id", "batch_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "book_leaves" ADD CONSTRAINT "book_leaves_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_settlements" ADD CONSTRAINT "batch_settlements_market_id_batch_id_fkey" FOREIGN KEY ("market_id", "batch_id") REFERENCES "batches"("market_id", "batch_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_settlements" ADD CONSTRAINT "batch_settlements_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fills" ADD CONSTRAINT "fills_market_id_batch_id_round_fkey" FOREIGN KEY ("market_id", "batch_id", "round") REFERENCES "batch_settlements"("market_id", "batch_id", "round") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fills" ADD CONSTRAINT "fills_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_ends" ADD CONSTRAINT "batch_ends_market_id_batch_id_fkey" FOREIGN KEY ("market_id", "batch_id") REFERENCES "batches"("market_id", "batch_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "batch_ends" ADD CONSTRAINT "batch_ends_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "strikes" ADD CONSTRAINT "strikes_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "strikes" ADD CONSTRAINT "strikes_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "margin_changes" ADD CONSTRAINT "margin_changes_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "margin_changes" ADD CONSTRAINT "margin_changes_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "traders" ADD CONSTRAINT "traders_market_id_fkey" FOREIGN KEY ("market_id") REFERENCES "markets"("id") ON DELETE CASCADE ON UPDATE CASCADE;
