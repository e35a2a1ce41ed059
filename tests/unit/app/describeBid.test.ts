import { describe, expect, it } from 'vitest'
import { zeroHash } from 'viem'
import { describeBid, describeLeaks } from '../../../app/_bids/describeBid'
import { describeAuction } from '../../../app/auctions/new/describeAuction'
import { lotInWords } from '../../../app/_lot/lotInWords'
import type { AuctionParams } from '../../../lib/protocol/auction/params'

const LOT = '0x000000000000000000000000000000000000dEaD'
const params: AuctionParams = {
  rule: 1,
  lotKind: 0,
  lotToken: LOT,
  lotTokenId: 7n,
  lotSize: 1n,
  supply: 1,
  paymentToken: '0x00000000000000000000000000000000000000bb',
  tickSize: 100n,
  reserve: 5,
  sealedReserve: zeroHash,
  collateralPolicy: 0,
  collateral: 10_000n,
  maxBids: 0,
  bidsPerAddress: 1,
  allowListRoot: zeroHash,
  keyId: zeroHash,
  closesAt: 100n,
  settleBy: 200n,
  challengeWindow: 10,
  noSettlement: 0,
  revealWindow: 0,
}
const unit = { symbol: 'T', decimals: 2 }
const draft = {
  ok: true,
  price: 20,
  amount: 2_000n,
  collateral: 10_000n,
  tiers: [10_000n],
  deposit: 10_000n,
  approve: true,
} as const
const describeOf = (change: Partial<AuctionParams>, options = {}) =>
  describeBid({ ...draft, tiers: [...draft.tiers] }, { ...params, ...change }, unit, {
    replacing: false,
    signs: true,
    ...options,
  })

describe('what a bidder agrees to', () => {
  it('names the lot by its contract’s whole address and number, which no other token can have', () => {
    expect(describeOf({})[2]).toContain(`piece number 7 of the token contract ${LOT}`)
    expect(describeOf({ lotKind: 1, lotSize: 3n })[2]).toContain(`3 copies of edition 7 of the token contract ${LOT}`)
  })

  it('says each amount that leaves the wallet, and asks for signatures only where there are any', () => {
    const lines = describeOf({})
    expect(lines).toContain('Allow the auction contract to take 100 T, and no more.')
    expect(lines).toContain('Send 100 T from your wallet to the contract.')
    expect(lines.some((line) => line.startsWith('Sign a message'))).toBe(true)
    expect(describeOf({}, { signs: false }).some((line) => line.startsWith('Sign a message'))).toBe(false)
  })
})

describe('what others learn', () => {
  it('has both limits where bidders choose what they lock, and none where all lock the same', () => {
    const chosen = describeLeaks({ ...params, collateralPolicy: 1, collateral: 1_000n }, 5_000n, unit)
    expect(chosen).toContain('at most 50 T')
    expect(chosen).toContain('more than 20 T')
    expect(describeLeaks(params, 10_000n, unit)).toContain('tells nothing')
  })
})

describe('what a seller agrees to', () => {
  it('names the lot the same way', () => {
    expect(describeAuction(params, unit, undefined)[0]).toContain(`piece number 7 of the token contract ${LOT}`)
  })
})

describe('lotInWords', () => {
  it('counts an ERC-20 in base units until the token has said its decimals', () => {
    const lot = { ...params, lotKind: 2, lotSize: 1_500n }
    expect(lotInWords(lot)).toBe('1500 base units')
    expect(lotInWords(lot, { symbol: 'G', decimals: 3 })).toBe('1.5 G')
  })
})
