-- CreateIndex
CREATE INDEX "leaves_auction_id_bidder_seq_idx" ON "leaves"("auction_id", "bidder", "seq");
