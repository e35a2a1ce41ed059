import { describe, expect, it } from 'vitest'
import { zeroHash } from 'viem'
import type { AuctionParams } from '../../../lib/protocol/auction/params'
import { dangerousTerms, type CheckContext } from '../../../app/auctions/new/dangerousTerms'

const NOW = 1_000_000
const DAY = 86_400
const TOKEN = '0x00000000000000000000000000000000000000aa'
const sound: AuctionParams = {
  ...{ rule: 1, lotKind: 0, lotToken: TOKEN, lotTokenId: 1n, lotSize: 1n, supply: 1, paymentToken: TOKEN },
  ...{ tickSize: 1n, reserve: 100, sealedReserve: zeroHash, collateralPolicy: 0, collateral: 1_000n, maxBids: 0 },
  ...{ bidsPerAddress: 1, allowListRoot: zeroHash, keyId: zeroHash, closesAt: BigInt(NOW + DAY) },
  ...{ settleBy: BigInt(NOW + 2 * DAY), challengeWindow: 3_600, noSettlement: 0, revealWindow: 0 },
}
const context: CheckContext = {
  ...{ unit: { symbol: 'T', decimals: 0 }, now: NOW, keyUntil: NOW + 30 * DAY },
  ...{ knownPayment: true, knownLot: true, closingHour: 14 },
}
const checks = (params: Partial<AuctionParams> = {}, more: Partial<CheckContext> = {}) =>
  dangerousTerms({ ...sound, ...params }, { ...context, ...more }).map(({ severity, title }) => `${severity}: ${title}`)

describe('dangerousTerms', () => {
  it('has nothing against sound terms but the highest possible price', () => {
    expect(checks()).toEqual(['note: The highest possible price'])
  })

  it.each([
    ['danger: No reserve at the second price', { reserve: 0 }, {}],
    ['care: No reserve', { reserve: 0, rule: 0 }, {}],
    ['care: Chosen collateral leaks', { collateralPolicy: 1 }, {}],
    ['care: Collateral near the reserve', { collateral: 299n }, {}],
    ['danger: Room for 5 bids only', { maxBids: 5 }, {}],
    ['care: Room for 500 bids only', { maxBids: 500 }, {}],
    ['danger: Closes after the key expires', {}, { keyUntil: NOW + DAY }],
    ['danger: Open for 5 min only', { closesAt: BigInt(NOW + 300) }, {}],
    ['care: Open for 30 min only', { closesAt: BigInt(NOW + 1_800) }, {}],
    ['care: Open for more than a month', { closesAt: BigInt(NOW + 31 * DAY) }, { keyUntil: NOW + 40 * DAY }],
    ['note: Closes at night', {}, { closingHour: 3 }],
    ['danger: Only 10 min to settle', { settleBy: sound.closesAt + 600n }, {}],
    ['care: Only 30 min to settle', { settleBy: sound.closesAt + 1_800n }, {}],
    ['danger: 59 s to challenge', { challengeWindow: 59 }, {}],
    ['care: 5 min to challenge', { challengeWindow: 300 }, {}],
    ['care: A long challenge window', { challengeWindow: 8 * DAY }, {}],
    ['danger: Unknown payment token', {}, { knownPayment: false }],
    ['note: Bidders do not know your token’s contract', {}, { knownLot: false }],
    ['note: Approval for all copies', { lotKind: 1 }, {}],
  ] as const)('says %s', (expected, params, more) => {
    expect(checks(params, more)).toContain(expected)
    expect(checks()).not.toContain(expected)
  })

  it('names the worst first', () => {
    const severities = checks({ reserve: 0, challengeWindow: 300, lotKind: 1 }).map((line) => line.split(':')[0])
    expect(severities).toEqual(['danger', 'care', 'note', 'note'])
  })

  it('draws the lines exactly', () => {
    expect(checks({ collateral: 300n })).toEqual(checks())
    expect(checks({}, { keyUntil: NOW + DAY + 1 })).toEqual(checks())
    expect(checks({}, { closingHour: 6 })).toEqual(checks())
    expect(checks({ challengeWindow: 600 })).toEqual(checks())
    expect(checks({ closesAt: BigInt(NOW + 3_600), settleBy: BigInt(NOW + 7_200) })).toEqual(checks())
  })
})
