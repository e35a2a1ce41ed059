'use client'

import type { AuctionSummary } from '../../api/v1/_schemas/auction'
import type { Unit } from '../../_format/amount'
import { useLot } from '../../_lot/useLot'
import { LotTerms } from '../[id]/LotTerms'
import { AuctionCard } from '../AuctionCard'

type Props = { auction: AuctionSummary; unit: Unit; lotUnit: Unit | null; simulated: boolean; now: number }

/** The auction's card and terms as bidders will see them, made of the very same parts. */
export function AuctionPreview({ auction, unit, lotUnit, simulated, now }: Props) {
  const lot = useLot(auction.params)
  return (
    <section aria-labelledby="preview" className="space-y-4">
      <h2 id="preview" className="text-xl font-semibold">
        As bidders will see it
      </h2>
      <div inert className="max-w-sm">
        <AuctionCard auction={auction} lot={lot} unit={unit} madeAt={now} />
      </div>
      <details>
        <summary className="min-h-11 py-2 text-sm underline">All terms, as on the auction’s page</summary>
        <LotTerms auction={auction} unit={unit} lotUnit={lotUnit} simulated={simulated} />
      </details>
    </section>
  )
}
