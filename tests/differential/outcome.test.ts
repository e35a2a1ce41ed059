import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcome } from '../../lib/protocol/auction/outcome'
import { NO_MARGINAL_SEQ } from '../../lib/protocol/constants'
import { auctionArbitrary, toOutcomeBids } from './auctionArbitrary'
import { naiveOutcome, type NaiveAuction } from './naiveOutcome'

/** The oracle's answer in the form of `outcome`. */
function expected(auction: NaiveAuction) {
  const { clearingPrice, marginal, fills, payments, dispositions, runnerUp } = naiveOutcome(auction)
  const totalFilled = fills.reduce((sum, fill) => sum + fill, 0)
  const order = fills.flatMap((fill, seq) => (fill > 0 && seq !== marginal ? [seq] : []))
  if (marginal !== null) order.push(marginal)
  return {
    clearingPrice,
    totalFilled,
    marginalSeq: marginal !== null && totalFilled === auction.supply ? marginal : NO_MARGINAL_SEQ,
    winners: order.map((seq) => ({ seq, bidder: auction.bids[seq]?.bidder, fill: fills[seq], payment: payments[seq] })),
    runnerUpSeq: marginal === null ? null : runnerUp,
    dispositions,
  }
}

describe('outcome against the naive oracle (PROTOCOL.md section 6)', () => {
  it('agrees on 20,000 auctions of all four rules, and meets every disposition under each', () => {
    const met = new Set<string>()
    fc.assert(
      fc.property(auctionArbitrary, (auction) => {
        const { bids, ...terms } = auction
        const result = outcome({ ...terms, tickSize: BigInt(terms.tickSize), bids: toOutcomeBids(bids) })
        expect(result).toEqual(expected(auction))
        for (const disposition of result.dispositions) met.add(`${auction.rule} ${disposition}`)
      }),
      { numRuns: 20_000 },
    )
    expect(met.size).toBe(4 * 6)
  })
})
