import Link from 'next/link'
import type { ReactNode } from 'react'
import { LotPicture } from '../_lot/LotPicture'
import { LivePhaseTag } from '../_ui/LivePhaseTag'
import type { AuctionSummary } from '../api/v1/_schemas/auction'
import type { LotView } from '../_lot/lotView'
import { phaseFacts } from '../auctions/phaseFacts'

type Props = { auction: AuctionSummary; lot: LotView; madeAt: number; note: string; children: ReactNode }

/** One lot in a list: picture, name, phase, and what of it concerns the account. */
export function LotLine({ auction, lot, madeAt, note, children }: Props) {
  return (
    <div className="relative flex flex-wrap items-center gap-x-4 gap-y-2 py-3 text-sm">
      <LotPicture id={auction.id} lot={lot} className="aspect-square size-14 shrink-0" />
      <div className="min-w-40 flex-1">
        <Link
          href={`/auctions/${auction.id}`}
          prefetch={false}
          className="font-serif text-lg font-semibold after:absolute after:inset-0 hover:underline"
        >
          {lot.title}
        </Link>
        <p className="text-muted flex flex-wrap items-center gap-2">
          <LivePhaseTag facts={phaseFacts(auction)} madeAt={madeAt} /> {note}
        </p>
      </div>
      <div className="ml-auto text-right">{children}</div>
    </div>
  )
}
