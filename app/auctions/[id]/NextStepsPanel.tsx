'use client'

import type { Address } from 'viem'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { phaseOf } from '../../_data/phase'
import { useAccount } from '../../_data/useAccount'
import { useChainClock } from '../../_data/useChainClock'
import { sameHex } from '../../_format/hex'
import { phaseFacts } from '../phaseFacts'
import { nextSteps, type Role } from './nextSteps'
import { useOwnPart } from './useOwnPart'

/** Beyond this, a settlement is late: it usually takes less than a minute. */
const USUAL_SETTLEMENT_SECONDS = 300

/** What the viewer can do next, or waits for, in a sentence or two. */
export function NextStepsPanel({ auction, madeAt }: { auction: AuctionDetail; madeAt: number }) {
  const account = useAccount()
  const clock = useChainClock(madeAt)
  const bids = useOwnPart(auction.id, account, auction.counts.leaves)
  const { title, lines } = nextSteps({
    role: roleOf(auction, account, bids ?? false),
    phase: phaseOf(phaseFacts(auction), clock),
    rule: auction.params.rule,
    sold: auction.winners.length > 0,
    bids: auction.counts.live,
    late: clock.block > auction.params.closesAt + USUAL_SETTLEMENT_SECONDS,
  })
  return (
    <section aria-labelledby="next" className="border-ink min-h-32 border-l-2 pl-4">
      <h2 id="next" className="text-muted font-sans text-sm font-medium">
        What happens next
      </h2>
      <p className="mt-1 font-serif text-xl font-semibold">{title}</p>
      {lines.map((line) => (
        <p key={line} className="mt-1 max-w-prose text-sm">
          {line}
        </p>
      ))}
    </section>
  )
}

function roleOf(auction: AuctionDetail, account: Address | undefined, bids: boolean): Role {
  if (auction.winners.some(({ bidder }) => sameHex(bidder, account))) return 'winner'
  if (bids) return auction.settlement ? 'loser' : 'bidder'
  return sameHex(auction.seller, account) ? 'seller' : 'visitor'
}
