import { describe, expect, it } from 'vitest'
import { outcome, type OutcomeBid, type OutcomeInput } from '../../../lib/protocol/auction/outcome'
import { NO_MARGINAL_SEQ, type PricingRule } from '../../../lib/protocol/constants'

/** Bids from [price, quantity, collateral?] in order of arrival. */
function bidsOf(...list: [number, number, bigint?][]): OutcomeBid[] {
  return list.map(([price, quantity, collateral], seq) => ({
    seq,
    bidder: `b${seq}`,
    collateral: collateral ?? null,
    state: 'live',
    opening: { price, quantity },
  }))
}

function solve(rule: PricingRule, changes: Partial<OutcomeInput> & { bids: OutcomeBid[] }) {
  return outcome({ rule, supply: 1, reserve: 0, tickSize: 1n, ...changes })
}

describe('worked examples (PROTOCOL.md section 6)', () => {
  const bids = bidsOf([90, 1], [120, 1], [120, 1], [100, 1])

  it('FIRST_PRICE: the earliest of the highest pays his price', () => {
    expect(solve('FIRST_PRICE', { bids })).toEqual({
      clearingPrice: 120,
      totalFilled: 1,
      marginalSeq: 1,
      runnerUpSeq: 2,
      winners: [{ seq: 1, bidder: 'b1', fill: 1, payment: 120n }],
      dispositions: ['lost', 'won', 'lost', 'lost'],
    })
  })

  it('SECOND_PRICE: the runner-up’s price, or the reserve where nobody lost', () => {
    expect(solve('SECOND_PRICE', { bids })).toMatchObject({ clearingPrice: 120, runnerUpSeq: 2 })
    expect(solve('SECOND_PRICE', { bids, reserve: 110 })).toMatchObject({
      clearingPrice: 120,
      dispositions: ['below-reserve', 'won', 'lost', 'below-reserve'],
    })
    expect(solve('SECOND_PRICE', { bids: bidsOf([90, 1], [120, 1]), reserve: 100 })).toMatchObject({
      clearingPrice: 100,
      runnerUpSeq: null,
      winners: [{ seq: 1, payment: 100n }],
    })
    expect(solve('SECOND_PRICE', { bids: bidsOf([90, 1]) })).toMatchObject({
      clearingPrice: 0,
      winners: [{ payment: 0n }],
    })
  })

  const many = bidsOf([10, 3], [12, 2], [9, 4], [12, 1])

  it('UNIFORM_PRICE sold out: the marginal winner’s price, he cut and listed last', () => {
    expect(solve('UNIFORM_PRICE', { bids: many, supply: 5, tickSize: 10n })).toEqual({
      clearingPrice: 10,
      totalFilled: 5,
      marginalSeq: 0,
      runnerUpSeq: 2,
      winners: [
        { seq: 1, bidder: 'b1', fill: 2, payment: 200n },
        { seq: 3, bidder: 'b3', fill: 1, payment: 100n },
        { seq: 0, bidder: 'b0', fill: 2, payment: 200n },
      ],
      dispositions: ['won', 'won', 'lost', 'won'],
    })
  })

  it('UNIFORM_PRICE not sold out: the reserve, and no marginal seq', () => {
    expect(solve('UNIFORM_PRICE', { bids: many, supply: 11, reserve: 2 })).toMatchObject({
      clearingPrice: 2,
      totalFilled: 10,
      marginalSeq: NO_MARGINAL_SEQ,
      runnerUpSeq: null,
    })
  })

  it('PAY_AS_BID: each pays his own, and the marginal winner’s is announced', () => {
    const result = solve('PAY_AS_BID', { bids: many, supply: 5 })
    expect(result.clearingPrice).toBe(10)
    expect(result.winners.map(({ payment }) => payment)).toEqual([24n, 12n, 20n])
  })

  it('no sale: no price, no winner, no marginal seq', () => {
    for (const bids of [[], bidsOf([5, 1])]) {
      expect(solve('FIRST_PRICE', { bids, reserve: 6 })).toMatchObject({
        clearingPrice: null,
        totalFilled: 0,
        marginalSeq: NO_MARGINAL_SEQ,
        winners: [],
        runnerUpSeq: null,
      })
    }
  })

  it('an invalid sealed reserve means no sale', () => {
    expect(solve('FIRST_PRICE', { bids, reserveInvalid: true })).toMatchObject({ clearingPrice: null, winners: [] })
  })

  it('dispositions go by precedence where several apply', () => {
    const [bid] = bidsOf([1, 1, 0n]) as [OutcomeBid]
    const disposition = (changes: Partial<OutcomeBid>) =>
      solve('FIRST_PRICE', { bids: [{ ...bid, ...changes }], reserve: 5 }).dispositions[0]
    expect(disposition({ state: 'cancelled', opening: null })).toBe('cancelled')
    expect(disposition({ opening: null })).toBe('invalid')
    expect(disposition({ opening: { price: 9, quantity: 2 } })).toBe('invalid')
    expect(disposition({})).toBe('uncovered')
    expect(disposition({ collateral: 1n })).toBe('below-reserve')
  })

  it('covers at full quantity, to the base unit', () => {
    const covered = (collateral: bigint) =>
      solve('UNIFORM_PRICE', { bids: bidsOf([3, 7, collateral]), tickSize: 1000n }).dispositions[0]
    expect([covered(20_999n), covered(21_000n)]).toEqual(['uncovered', 'won'])
  })

  it.each<[PricingRule, number]>([
    ['FIRST_PRICE', 2],
    ['SECOND_PRICE', 0],
    ['UNIFORM_PRICE', 0],
    ['PAY_AS_BID', 2 ** 32],
  ])('refuses %s with a supply of %s', (rule, supply) => {
    expect(() => solve(rule, { bids: [], supply })).toThrow(
      expect.objectContaining({ code: 'INVALID_PARAMETER', field: 'supply' }) as Error,
    )
  })
})
