import type { AuctionSummary } from '../api/v1/_schemas/auction'
import type { PhaseInput } from '../_data/phase'

/** What an auction's phase depends on, and nothing else: it travels to the browser with every card. */
export function phaseFacts({ params, settlement, phase }: AuctionSummary): PhaseInput {
  return {
    params: { closesAt: params.closesAt, settleBy: params.settleBy },
    settlement: settlement && { challengeUntil: settlement.challengeUntil },
    voided: phase === 'voided',
  }
}
