import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { phaseOf } from '../../_data/phase'
import { phaseFacts } from '../phaseFacts'
import type { nextSteps } from './nextSteps'

/** Beyond this, a settlement is late: it usually takes less than a minute. */
const USUAL_SETTLEMENT_SECONDS = 300

/** What the next steps depend on, besides who asks. @param clock Chain time, Unix seconds. */
export function stepsFacts(
  auction: AuctionDetail,
  clock: { block: number; now: number },
): Omit<Parameters<typeof nextSteps>[0], 'role'> {
  return {
    phase: phaseOf(phaseFacts(auction), clock),
    rule: auction.params.rule,
    sold: auction.winners.length > 0,
    bids: auction.counts.live,
    late: clock.block > auction.params.closesAt + USUAL_SETTLEMENT_SECONDS,
  }
}
