import { zeroAddress, zeroHash } from 'viem'
import { expect, test } from 'vitest'
import { toAuctionSummary } from '../../../app/api/v1/_lib/auctionView'
import type { AuctionRecord } from '../../../lib/db/auctions'
import { NO_MARGINAL_SEQ, NO_SALE_PRICE } from '../../../lib/protocol/constants'

const origin = { blockNumber: 1n, blockHash: zeroHash, transactionHash: zeroHash, logIndex: 0, time: 1n }

function settled(clearingPrice: number, totalFilled: number): AuctionRecord {
  return {
    id: zeroHash,
    seller: zeroAddress,
    nonce: 0n,
    paramsHash: zeroHash,
    params: {
      ...{ rule: 'FIRST_PRICE', lotKind: 'ERC721', lotToken: zeroAddress, lotTokenId: 0n, lotSize: 1n, supply: 1 },
      ...{ paymentToken: zeroAddress, tickSize: 1n, reserve: 0, sealedReserve: zeroHash, collateralPolicy: 'UNIFORM' },
      ...{ collateral: 1n, maxBids: 0, bidsPerAddress: 1, allowListRoot: zeroHash, keyId: zeroHash, closesAt: 10n },
      ...{ settleBy: 20n, challengeWindow: 5, noSettlement: 'REFUND', revealWindow: 0 },
    },
    ...{ status: 'SETTLED', challengeUntil: 30n, acc: zeroHash, leafCount: 1, liveCount: 1, bidderCount: 1 },
    ...{ integrity: 'VERIFIED', created: origin },
    settlement: {
      ...{ round: 1, signer: zeroAddress, acc: zeroHash, count: 1, reserve: 0, reserveInvalid: false },
      ...{ clearingPrice, totalFilled, winnersHash: zeroHash, proofHash: zeroHash, marginalSeq: NO_MARGINAL_SEQ },
      ...{ challengeUntil: 30n, origin, proof: { state: 'none', bytes: null } },
    },
  }
}

test('a sale at the highest price is a sale, and only what sold nothing is none', () => {
  const priceOf = (price: number, filled: number) =>
    toAuctionSummary(settled(price, filled), 40n).settlement?.clearingPrice
  expect(priceOf(NO_SALE_PRICE, 1)).toBe(4294967295)
  expect(priceOf(NO_SALE_PRICE, 0)).toBeNull()
  expect(priceOf(7, 1)).toBe(7)
})
