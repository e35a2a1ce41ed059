import { outcome } from '../../protocol/auction/outcome'
import type { BidHistory } from './history'

export type ReplayRule = 'FIRST_PRICE' | 'SECOND_PRICE'

/** Winner and clearing price in ticks (cents); both null where nothing was sold. */
export type ReplayOutcome = { winner: string | null; clearingPrice: number | null }

/** What section 6 of PROTOCOL.md makes of the bids that were sent, without any chain. */
export function expectedOutcome(rule: ReplayRule, reserve: number, sent: BidHistory['bids']): ReplayOutcome {
  const last = new Map(sent.map(({ bidder }, seq) => [bidder, seq]))
  const { clearingPrice, winners } = outcome({
    rule,
    supply: 1,
    reserve,
    tickSize: 1n,
    bids: sent.map(({ bidder, price }, seq) => ({
      seq,
      bidder,
      collateral: null,
      state: last.get(bidder) === seq ? 'live' : 'cancelled',
      opening: { price, quantity: 1 },
    })),
  })
  return { winner: winners[0]?.bidder ?? null, clearingPrice }
}
