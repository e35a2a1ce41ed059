'use client'

import Link from 'next/link'
import type { AuctionSummary } from '../api/v1/_schemas/auction'
import { phaseOf } from '../_data/phase'
import type { ChainClock } from '../_data/useChainClock'
import { useUnit } from '../_data/useUnit'
import { formatAmount } from '../_format/amount'
import { LotPicture } from '../_lot/LotPicture'
import { useLot } from '../_lot/useLot'
import { Countdown } from '../_ui/Countdown'
import { PhaseTag } from '../_ui/PhaseTag'
import { WaxSeal } from '../_ui/WaxSeal'
import { countBids } from './countBids'
import { RULES } from './rules'

/** One lot of the catalogue; the whole card leads to it. */
export function AuctionCard({ auction, clock }: { auction: AuctionSummary; clock: ChainClock }) {
  const { id, params, counts, settlement } = auction
  const lot = useLot(params)
  const unit = useUnit(params.paymentToken)
  const phase = phaseOf({ params, settlement, voided: auction.phase === 'voided' }, clock)
  const price = settlement?.clearingPrice

  return (
    <article className="group relative">
      <LotPicture id={id} lot={lot} />
      <div className="mt-3 flex items-start justify-between gap-3">
        <h2 className="text-xl leading-snug font-semibold">
          <Link href={`/auctions/${id}`} className="group-hover:underline after:absolute after:inset-0">
            {lot.title}
          </Link>
        </h2>
        <PhaseTag phase={phase} />
      </div>
      <p className="text-muted mt-1 text-sm">{RULES[params.rule].name}</p>
      <div className="mt-2 flex items-end justify-between gap-3 text-sm">
        <p>
          {settlement && unit ? (
            <>
              {price === null || price === undefined
                ? 'Not sold'
                : `Sold for ${formatAmount(BigInt(price) * BigInt(params.tickSize), unit)}`}
            </>
          ) : (
            <Countdown
              phase={phase}
              clock={clock}
              closesAt={params.closesAt}
              settleBy={params.settleBy}
              challengeUntil={settlement?.challengeUntil}
            />
          )}
        </p>
        <p className="flex items-center gap-1.5 whitespace-nowrap">
          {counts.live > 0 ? <WaxSeal className="size-5" /> : null}
          {countBids(counts.live)}
        </p>
      </div>
    </article>
  )
}
