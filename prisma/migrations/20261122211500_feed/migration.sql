-- CreateTable
CREATE TABLE "feed" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "auction_id" TEXT,
    "account" TEXT,
    "seq" BIGINT,
    "block_number" BIGINT NOT NULL,
    "block_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feed_pkey" PRIMARY KEY ("id")
);
