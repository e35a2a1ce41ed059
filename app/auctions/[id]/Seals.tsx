import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { WaxSeal } from '../../_ui/WaxSeal'
import { countBids } from '../countBids'

const MOST_DRAWN = 18

/** One seal a standing bid. A settlement breaks those of the bids it had to publish, and no other. */
export function Seals({ auction }: { auction: AuctionDetail }) {
  const { live } = auction.counts
  const broken = auction.openings.length
  const drawn = Math.min(live, MOST_DRAWN)
  return (
    <div className="space-y-1">
      <p className="font-semibold">{countBids(live)}</p>
      {live > 0 ? (
        <p className="flex flex-wrap items-center gap-1" aria-hidden="true">
          {Array.from({ length: drawn }, (_, index) => (
            <WaxSeal key={index} className="size-6" broken={index < broken} />
          ))}
          {live > drawn ? <span className="text-muted text-sm">and {live - drawn} more</span> : null}
        </p>
      ) : null}
      {live > 0 ? <p className="text-muted text-sm">{sealsInWords(auction, broken)}</p> : null}
    </div>
  )
}

function sealsInWords({ settlement, voided }: AuctionDetail, broken: number): string {
  if (voided) return 'Nothing was opened in public, and nothing will be.'
  if (!settlement) return 'How high they are, nobody can see: not even who is ahead.'
  if (broken === 0) return 'None was opened in public: they stay sealed for good.'
  return broken === 1
    ? 'One was opened in public, since it set the price. The others stay sealed for good.'
    : `${broken} were opened in public. The others stay sealed for good.`
}
