import type { AccountBid } from '../api/v1/_schemas/account'

/** What became of a bid, in two words. Sealed bids have no rank: nobody can know one. */
export function fateOf({ bid, auction }: Pick<AccountBid, 'bid' | 'auction'>): string {
  if (bid.state === 'replaced') return 'Replaced'
  if (bid.state === 'cancelled') return 'Withdrawn'
  if (auction.phase === 'voided') return bid.claim ? 'Void, refunded' : 'Void, comes back'
  if (bid.won && auction.settlement) return auction.phase === 'final' ? 'Won' : 'Won, not final'
  if (auction.settlement) return bid.claim ? 'Not won, refunded' : 'Not won, comes back'
  return 'Sealed and counted'
}
