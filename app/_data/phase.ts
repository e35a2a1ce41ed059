/** What a phase depends on; times are Unix seconds of chain time. */
export type PhaseInput = {
  params: { closesAt: number; settleBy: number }
  settlement: { challengeUntil: number } | null
  voided: boolean
}

/**
 * `closing`: the clock says closed, but no block of that time exists yet. `overdue`: closed, and nobody settled by
 * `settleBy`. The others are those of PROTOCOL.md section 5.
 */
export type AuctionPhase = 'open' | 'closing' | 'closed' | 'overdue' | 'settled' | 'final' | 'voided'

/**
 * An auction's phase against chain time.
 * @param clock The newest block's time, and the estimate that runs on from it.
 */
export function phaseOf(auction: PhaseInput, clock: { block: number; now: number }): AuctionPhase {
  if (auction.voided) return 'voided'
  if (auction.settlement) return clock.block >= auction.settlement.challengeUntil ? 'final' : 'settled'
  if (clock.block >= auction.params.settleBy) return 'overdue'
  if (clock.block >= auction.params.closesAt) return 'closed'
  return clock.now >= auction.params.closesAt ? 'closing' : 'open'
}

/** A phase's name, and what it means. */
export const PHASES: Record<AuctionPhase, { name: string; meaning: string }> = {
  open: { name: 'Open', meaning: 'Bids are taken, and stay sealed.' },
  closing: { name: 'Closing', meaning: 'The time is up; waiting for the block that closes it.' },
  closed: { name: 'Closed', meaning: 'No more bids. The enclave is opening them and will sign the outcome.' },
  overdue: { name: 'Not settled', meaning: 'Nobody settled in time. Everyone is refunded and the lot goes back.' },
  settled: { name: 'Settled', meaning: 'The outcome is on the chain; money and lot move after the challenge window.' },
  final: { name: 'Final', meaning: 'The outcome stands. Money and lot can be claimed.' },
  voided: { name: 'Void', meaning: 'Nothing was sold. Everyone is refunded and the lot goes back.' },
}
