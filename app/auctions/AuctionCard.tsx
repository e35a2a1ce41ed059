import Link from 'next/link'
import type { AuctionSummary } from '../api/v1/_schemas/auction'
import { formatAmount, type Unit } from '../_format/amount'
import { LotPicture } from '../_lot/LotPicture'
import type { LotView } from '../_lot/lotView'
import { Countdown } from '../_ui/Countdown'
import { LivePhaseTag } from '../_ui/LivePhaseTag'
import { WaxSeal } from '../_ui/WaxSeal'
import { countBids } from './countBids'
import { phaseFacts } from './phaseFacts'
import { RULES } from './rules'

type Props = {
  auction: AuctionSummary
  lot: LotView
  /** Of the payment token; null where its contract does not say. */
  unit: Unit | null
  /** Chain time at which the page was made, Unix seconds. */
  madeAt: number
}

/** One lot of the catalogue; the whole card leads to it. Its height does not depend on its phase. */
export function AuctionCard({ auction, lot, unit, madeAt }: Props) {
  const { id, params, counts } = auction
  const facts = phaseFacts(auction)
  return (
    <article className="group relative flex h-full flex-col">
      <LotPicture id={id} lot={lot} className="aspect-4/3 transition-colors group-hover:border-edge sm:aspect-square" />
      <div className="mt-3 flex items-start justify-between gap-3">
        <h2 className="line-clamp-2 text-xl leading-snug font-semibold">
          <Link
            href={`/auctions/${id}`}
            prefetch={false}
            className="group-hover:underline after:absolute after:inset-0"
          >
            {lot.title}
          </Link>
        </h2>
        <span className="shrink-0 pt-1">
          <LivePhaseTag facts={facts} madeAt={madeAt} />
        </span>
      </div>
      <p className="text-muted mt-1 mb-3 text-sm">
        {RULES[params.rule].name} · {reserveInWords(auction, unit)}
      </p>
      <div className="border-rule mt-auto flex items-start justify-between gap-3 border-t pt-2 text-sm">
        <div className="min-h-11">{soldInWords(auction, unit) ?? <Countdown facts={facts} madeAt={madeAt} />}</div>
        <p className="flex items-center gap-1.5 whitespace-nowrap">
          {counts.live > 0 ? <WaxSeal className="size-5" /> : null}
          {countBids(counts.live)}
        </p>
      </div>
    </article>
  )
}

function reserveInWords({ params }: AuctionSummary, unit: Unit | null): string {
  if (params.reserve === 0) return 'no reserve'
  return unit ? `from ${formatAmount(BigInt(params.reserve) * BigInt(params.tickSize), unit)}` : 'with a reserve'
}

/** What came of it; null while that is open, or while the result can still be challenged. */
function soldInWords({ phase, settlement, params, counts }: AuctionSummary, unit: Unit | null) {
  if (phase === 'voided') {
    return <span className="font-semibold">Void: {counts.live > 0 ? 'everyone refunded' : 'nobody bid'}</span>
  }
  if (!settlement) return null
  const price = settlement.clearingPrice
  if (price === null) return <span className="font-semibold">Not sold</span>
  return (
    <span className="font-semibold">
      Sold{unit ? ` for ${formatAmount(BigInt(price) * BigInt(params.tickSize), unit)}` : ''}
      {phase === 'settled' ? <span className="text-muted block font-normal">not final yet</span> : null}
    </span>
  )
}
