-- CreateIndex
CREATE INDEX "claims_account_idx" ON "claims"("account");

-- CreateIndex
CREATE INDEX "settlements_signer_idx" ON "settlements"("signer");
