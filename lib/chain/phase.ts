import { STATUS, type AuctionState } from './auctionState'

/** Where an auction stands in its life. PROTOCOL.md section 5. */
export type Phase = 'open' | 'closed' | 'settled' | 'final' | 'voided'

/**
 * An auction's phase at a block's time, as the contract would judge it in that block.
 *
 * @param now Unix seconds of the block, not of this machine.
 */
export function phaseOf(auction: Pick<AuctionState, 'status' | 'closesAt' | 'challengeUntil'>, now: bigint): Phase {
  if (auction.status === STATUS.VOIDED) return 'voided'
  if (auction.status === STATUS.SETTLED) return now >= auction.challengeUntil ? 'final' : 'settled'
  return now >= auction.closesAt ? 'closed' : 'open'
}
