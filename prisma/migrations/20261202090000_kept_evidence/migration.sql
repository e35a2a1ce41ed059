-- CreateTable
CREATE TABLE "enclave_event_logs" (
    "quote_hash" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "enclave_event_logs_pkey" PRIMARY KEY ("quote_hash")
);

-- CreateTable
CREATE TABLE "platform_collaterals" (
    "platform" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "valid_until" BIGINT NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_collaterals_pkey" PRIMARY KEY ("platform")
);
