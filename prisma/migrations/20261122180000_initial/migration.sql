-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "PricingRule" AS ENUM ('FIRST_PRICE', 'SECOND_PRICE', 'UNIFORM_PRICE', 'PAY_AS_BID');

-- CreateEnum
CREATE TYPE "LotKind" AS ENUM ('ERC721', 'ERC1155', 'ERC20');

-- CreateEnum
CREATE TYPE "CollateralPolicy" AS ENUM ('UNIFORM', 'CHOSEN');

-- CreateEnum
CREATE TYPE "NoSettlementPolicy" AS ENUM ('REFUND', 'REVEAL');

-- CreateEnum
CREATE TYPE "AuctionStatus" AS ENUM ('OPEN', 'SETTLED', 'VOIDED');

-- CreateEnum
CREATE TYPE "Integrity" AS ENUM ('UNVERIFIED', 'VERIFIED', 'MISMATCH');

-- CreateEnum
CREATE TYPE "BidState" AS ENUM ('LIVE', 'CANCELLED', 'REPLACED');

-- CreateEnum
CREATE TYPE "ClaimKind" AS ENUM ('BID', 'LOT', 'PROCEEDS', 'LOT_RECLAIM');

-- CreateEnum
CREATE TYPE "EventKind" AS ENUM ('AuctionCreated', 'BidPlaced', 'BidCancelled', 'AuctionSettled', 'BidWon', 'BidOpened', 'AuctionVoided', 'BidClaimed', 'LotClaimed', 'ProceedsClaimed', 'LotReclaimed', 'Deposited', 'Withdrawn');

-- CreateTable
CREATE TABLE "blocks" (
    "hash" TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    "parent_hash" TEXT NOT NULL,
    "time" BIGINT NOT NULL,

    CONSTRAINT "blocks_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "auctions" (
    "id" TEXT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "seller" TEXT NOT NULL,
    "nonce" DECIMAL(78,0) NOT NULL,
    "params_hash" TEXT NOT NULL,
    "rule" "PricingRule" NOT NULL,
    "lot_kind" "LotKind" NOT NULL,
    "lot_token" TEXT NOT NULL,
    "lot_token_id" DECIMAL(78,0) NOT NULL,
    "lot_size" DECIMAL(78,0) NOT NULL,
    "supply" BIGINT NOT NULL,
    "payment_token" TEXT NOT NULL,
    "tick_size" DECIMAL(78,0) NOT NULL,
    "reserve" BIGINT NOT NULL,
    "sealed_reserve" TEXT NOT NULL,
    "collateral_policy" "CollateralPolicy" NOT NULL,
    "collateral" DECIMAL(78,0) NOT NULL,
    "max_bids" BIGINT NOT NULL,
    "bids_per_address" INTEGER NOT NULL,
    "allow_list_root" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "closes_at" BIGINT NOT NULL,
    "settle_by" BIGINT NOT NULL,
    "challenge_window" BIGINT NOT NULL,
    "no_settlement" "NoSettlementPolicy" NOT NULL,
    "reveal_window" BIGINT NOT NULL,
    "status" "AuctionStatus" NOT NULL DEFAULT 'OPEN',
    "challenge_until" BIGINT,
    "acc" TEXT NOT NULL,
    "leaf_count" BIGINT NOT NULL DEFAULT 0,
    "live_count" BIGINT NOT NULL DEFAULT 0,
    "bidder_count" BIGINT NOT NULL DEFAULT 0,
    "integrity" "Integrity" NOT NULL DEFAULT 'UNVERIFIED',

    CONSTRAINT "auctions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leaves" (
    "auction_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "bidder" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "leaf" TEXT NOT NULL,
    "acc" TEXT NOT NULL,
    "cancelled_seq" BIGINT,

    CONSTRAINT "leaves_pkey" PRIMARY KEY ("auction_id","seq")
);

-- CreateTable
CREATE TABLE "bids" (
    "auction_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "bidder" TEXT NOT NULL,
    "collateral" DECIMAL(78,0) NOT NULL,
    "x" DECIMAL(78,0) NOT NULL,
    "y" DECIMAL(78,0) NOT NULL,
    "sealed" BYTEA NOT NULL,
    "sealed_hash" TEXT NOT NULL,
    "state" "BidState" NOT NULL DEFAULT 'LIVE',
    "cancelled_by_seq" BIGINT,
    "replaced_by_seq" BIGINT,

    CONSTRAINT "bids_pkey" PRIMARY KEY ("auction_id","seq")
);

-- CreateTable
CREATE TABLE "settlements" (
    "auction_id" TEXT NOT NULL,
    "round" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "acc" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "reserve" BIGINT NOT NULL,
    "reserve_invalid" BOOLEAN NOT NULL,
    "clearing_price" BIGINT NOT NULL,
    "total_filled" BIGINT NOT NULL,
    "winners_hash" TEXT NOT NULL,
    "proof_hash" TEXT NOT NULL,
    "marginal_seq" BIGINT NOT NULL,
    "challenge_until" BIGINT NOT NULL,

    CONSTRAINT "settlements_pkey" PRIMARY KEY ("auction_id","round")
);

-- CreateTable
CREATE TABLE "winners" (
    "auction_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "bidder" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "fill" BIGINT NOT NULL,
    "payment" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "winners_pkey" PRIMARY KEY ("auction_id","seq")
);

-- CreateTable
CREATE TABLE "openings" (
    "auction_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "price" BIGINT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "rho" TEXT NOT NULL,

    CONSTRAINT "openings_pkey" PRIMARY KEY ("auction_id","seq")
);

-- CreateTable
CREATE TABLE "claims" (
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "auction_id" TEXT NOT NULL,
    "kind" "ClaimKind" NOT NULL,
    "account" TEXT NOT NULL,
    "receiver" TEXT,
    "seq" BIGINT,
    "amount" DECIMAL(78,0),
    "payment" DECIMAL(78,0),
    "lots" BIGINT,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("block_hash","log_index")
);

-- CreateTable
CREATE TABLE "events" (
    "block_hash" TEXT NOT NULL,
    "log_index" INTEGER NOT NULL,
    "block_number" BIGINT NOT NULL,
    "transaction_hash" TEXT NOT NULL,
    "kind" "EventKind" NOT NULL,
    "auction_id" TEXT,
    "account" TEXT,
    "seq" BIGINT,
    "token" TEXT,
    "amount" DECIMAL(78,0),

    CONSTRAINT "events_pkey" PRIMARY KEY ("block_hash","log_index")
);

-- CreateTable
CREATE TABLE "sync_state" (
    "id" INTEGER NOT NULL,
    "chain_id" BIGINT NOT NULL,
    "start_block" BIGINT NOT NULL,
    "auctions" TEXT NOT NULL,
    "registry" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "demo_token" TEXT,
    "demo_lots" TEXT,
    "demo_editions" TEXT,
    "simulated" BOOLEAN NOT NULL,
    "block_number" BIGINT,
    "block_hash" TEXT,
    "block_time" BIGINT,
    "head" BIGINT NOT NULL,
    "head_time" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_state_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "blocks_number_key" ON "blocks"("number");

-- CreateIndex
CREATE INDEX "auctions_seller_idx" ON "auctions"("seller");

-- CreateIndex
CREATE INDEX "auctions_block_number_log_index_idx" ON "auctions"("block_number", "log_index");

-- CreateIndex
CREATE INDEX "auctions_closes_at_id_idx" ON "auctions"("closes_at", "id");

-- CreateIndex
CREATE INDEX "auctions_live_count_id_idx" ON "auctions"("live_count", "id");

-- CreateIndex
CREATE INDEX "auctions_status_closes_at_idx" ON "auctions"("status", "closes_at");

-- CreateIndex
CREATE UNIQUE INDEX "auctions_block_hash_log_index_key" ON "auctions"("block_hash", "log_index");

-- CreateIndex
CREATE INDEX "leaves_auction_id_cancelled_seq_idx" ON "leaves"("auction_id", "cancelled_seq");

-- CreateIndex
CREATE UNIQUE INDEX "leaves_block_hash_log_index_key" ON "leaves"("block_hash", "log_index");

-- CreateIndex
CREATE INDEX "bids_bidder_idx" ON "bids"("bidder");

-- CreateIndex
CREATE UNIQUE INDEX "settlements_block_hash_log_index_key" ON "settlements"("block_hash", "log_index");

-- CreateIndex
CREATE INDEX "winners_bidder_idx" ON "winners"("bidder");

-- CreateIndex
CREATE UNIQUE INDEX "winners_block_hash_log_index_key" ON "winners"("block_hash", "log_index");

-- CreateIndex
CREATE UNIQUE INDEX "openings_block_hash_log_index_key" ON "openings"("block_hash", "log_index");

-- CreateIndex
CREATE INDEX "claims_auction_id_kind_seq_idx" ON "claims"("auction_id", "kind", "seq");

-- CreateIndex
CREATE INDEX "events_account_block_number_log_index_idx" ON "events"("account", "block_number", "log_index");

-- CreateIndex
CREATE INDEX "events_auction_id_kind_idx" ON "events"("auction_id", "kind");

-- CreateIndex
CREATE INDEX "events_block_number_idx" ON "events"("block_number");

-- AddForeignKey
ALTER TABLE "auctions" ADD CONSTRAINT "auctions_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaves" ADD CONSTRAINT "leaves_auction_id_fkey" FOREIGN KEY ("auction_id") REFERENCES "auctions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaves" ADD CONSTRAINT "leaves_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bids" ADD CONSTRAINT "bids_auction_id_fkey" FOREIGN KEY ("auction_id") REFERENCES "auctions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bids" ADD CONSTRAINT "bids_auction_id_seq_fkey" FOREIGN KEY ("auction_id", "seq") REFERENCES "leaves"("auction_id", "seq") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_auction_id_fkey" FOREIGN KEY ("auction_id") REFERENCES "auctions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "winners" ADD CONSTRAINT "winners_auction_id_fkey" FOREIGN KEY ("auction_id") REFERENCES "auctions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "winners" ADD CONSTRAINT "winners_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "openings" ADD CONSTRAINT "openings_auction_id_fkey" FOREIGN KEY ("auction_id") REFERENCES "auctions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "openings" ADD CONSTRAINT "openings_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_auction_id_fkey" FOREIGN KEY ("auction_id") REFERENCES "auctions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_auction_id_fkey" FOREIGN KEY ("auction_id") REFERENCES "auctions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "events" ADD CONSTRAINT "events_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "blocks"("hash") ON DELETE CASCADE ON UPDATE CASCADE;
