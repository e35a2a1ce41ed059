import { describe, expect, it } from 'vitest'
import { zeroAddress, zeroHash } from 'viem'
import { draftBid } from '../../../app/_bids/bidDraft'
import { collateralTiers, depositFor, inferredFloor } from '../../../app/_bids/collateral'
import type { AuctionParams } from '../../../lib/protocol/auction/params'

const TOKEN = '0x00000000000000000000000000000000000000aa'
const params: AuctionParams = {
  rule: 1,
  lotKind: 0,
  lotToken: TOKEN,
  lotTokenId: 1n,
  lotSize: 1n,
  supply: 1,
  paymentToken: TOKEN,
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
const funds = { wallet: 50_000n, vault: 0n, allowance: 0n }
const base = { text: '20', tier: null, params, unit, funds, replaced: 0n }
const chosen = { ...params, collateralPolicy: 1, collateral: 1_000n }

describe('draftBid', () => {
  it('locks the uniform collateral, whatever the price', () => {
    expect(draftBid(base)).toMatchObject({ ok: true, price: 20, collateral: 10_000n, deposit: 10_000n, approve: true })
    expect(draftBid({ ...base, text: '100' })).toMatchObject({ ok: true, price: 100, collateral: 10_000n })
  })

  it('refuses what could not win: over the uniform collateral, under the reserve', () => {
    expect(draftBid({ ...base, text: '101' })).toMatchObject({ ok: false, field: 'price' })
    expect(draftBid({ ...base, text: '4' })).toMatchObject({ ok: false, field: 'price' })
    expect(draftBid({ ...base, text: '5' })).toMatchObject({ ok: true })
  })

  it('names prices that could be bid: on a step, from the reserve to what every bid locks', () => {
    const reasonOf = (text: string, change: Partial<typeof params> = {}) => {
      const draft = draftBid({ ...base, params: { ...params, ...change }, text })
      return draft.ok ? draft.price : draft.reason
    }
    expect(reasonOf('99,5')).toBe('Prices go in steps of 1 T: try 99 T or 100 T.')
    expect(reasonOf('4.5')).toBe('The reserve is 5 T: a lower bid cannot win.')
    expect(reasonOf('99999999999')).toBe('Every bid locks 100 T here, so no bid can be higher than that.')
    expect(reasonOf('100.5')).toBe('Every bid locks 100 T here, so no bid can be higher than that.')
    expect(reasonOf('0.5', { reserve: 0 })).toBe('The least price is 1 T.')
    expect(reasonOf('5,555')).toBe('Do you mean 5.555 or 5,555?')
    // 100 is no whole number of steps of 0.3.
    const odd = { tickSize: 30n, reserve: 0 }
    expect(reasonOf('100', odd)).toBe('Every bid locks 100 T here, so no bid can be higher than 99.9 T.')
    expect(reasonOf('99.8', odd)).toBe('Prices go in steps of 0.3 T: try 99.6 T or 99.9 T.')
    expect(reasonOf('99,9', odd)).toBe(333)
  })

  it('is bounded by what a price can be, where bidders choose or lock more than that', () => {
    const most = (change: Partial<typeof params>) =>
      draftBid({ ...base, params: { ...params, ...change }, text: '4294967295' })
    const reason = 'The highest price is 4,294,967,294 T.'
    expect(most({ collateralPolicy: 1 })).toMatchObject({ reason })
    expect(most({ collateral: 2n ** 100n })).toMatchObject({ reason })
  })

  it('takes from the wallet only what balance and replaced bid do not cover', () => {
    const partly = draftBid({ ...base, funds: { ...funds, vault: 3_000n }, replaced: 4_000n })
    expect(partly).toMatchObject({ ok: true, deposit: 3_000n })
    expect(draftBid({ ...base, replaced: 10_000n })).toMatchObject({ ok: true, deposit: 0n, approve: false })
    expect(draftBid({ ...base, funds: { ...funds, wallet: 9_999n } })).toMatchObject({ ok: false, field: 'collateral' })
  })

  it('asks for no approval where one is there, or none exists', () => {
    expect(draftBid({ ...base, funds: { ...funds, allowance: 10_000n } })).toMatchObject({ approve: false })
    const native = { ...params, paymentToken: zeroAddress }
    expect(draftBid({ ...base, params: native })).toMatchObject({ approve: false })
  })

  it('rounds chosen collateral up to a public tier, and takes a larger one on demand', () => {
    expect(draftBid({ ...base, params: chosen, text: '34' })).toMatchObject({ collateral: 5_000n })
    expect(draftBid({ ...base, params: chosen, text: '34', tier: 20_000n })).toMatchObject({ collateral: 20_000n })
    // A tier chosen for an earlier, lower price no longer covers: it is dropped.
    expect(draftBid({ ...base, params: chosen, text: '77', tier: 5_000n })).toMatchObject({ collateral: 10_000n })
  })
})

describe('collateral', () => {
  it('has tiers of 1, 2 and 5 that cover both bid and minimum', () => {
    expect(collateralTiers(1n, 0n)).toEqual([1n, 2n, 5n])
    expect(collateralTiers(51n, 0n)).toEqual([100n, 200n, 500n])
    expect(collateralTiers(3n, 1_500n)).toEqual([2_000n, 5_000n, 10_000n])
  })

  it('tells from below as well, wherever less could have been locked', () => {
    expect(inferredFloor(5_000n, 0n)).toBe(2_000n)
    expect(inferredFloor(10_000n, 1_000n)).toBe(5_000n)
    expect(inferredFloor(2_000n, 1_500n)).toBeNull()
    expect(inferredFloor(1n, 0n)).toBeNull()
    for (const needed of [7n, 51n, 999n, 1_000n, 1_001n]) {
      const [least] = collateralTiers(needed, 0n) as [bigint]
      expect(inferredFloor(least, 0n)! < needed && needed <= least).toBe(true)
    }
  })

  it('never deposits less than nothing', () => {
    expect(depositFor(10n, 8n, 5n)).toBe(0n)
    expect(depositFor(10n, 3n, 5n)).toBe(2n)
  })
})
