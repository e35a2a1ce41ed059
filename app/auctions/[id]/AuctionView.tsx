'use client'

import type { Hex } from 'viem'
import { BidSection } from '../../_bids/BidSection'
import { ClaimSection } from '../../_claims/ClaimSection'
import { ApiFailure } from '../../_data/fetchApi'
import { PHASES, phaseOf } from '../../_data/phase'
import { useAuction } from '../../_data/useAuction'
import { useChainClock } from '../../_data/useChainClock'
import { LotPicture } from '../../_lot/LotPicture'
import { useLot } from '../../_lot/useLot'
import { Countdown } from '../../_ui/Countdown'
import { Notice } from '../../_ui/Notice'
import { countBids } from '../countBids'
import { PhaseTag } from '../../_ui/PhaseTag'
import { QueryProblem } from '../../_ui/QueryProblem'
import { Skeleton } from '../../_ui/Skeleton'
import { WaxSeal } from '../../_ui/WaxSeal'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import type { ChainClock } from '../../_data/useChainClock'
import { EnclaveNotice } from './EnclaveNotice'
import { LotTerms } from './LotTerms'
import { Result } from './Result'
import { Visibility } from './Visibility'

/** One auction, once it and the chain's time are known. */
export function AuctionView({ id }: { id: Hex }) {
  const { data: auction, error, refetch } = useAuction(id)
  const clock = useChainClock()
  if (!auction && error instanceof ApiFailure && error.code === 'NOT_FOUND') return <Unknown />
  if (!auction && error) return <QueryProblem what="This lot" error={error} onRetry={() => void refetch()} />
  if (!auction || !clock) return <Skeleton label="Loading the lot" className="h-[60vh]" />
  return <AuctionBody auction={auction} clock={clock} />
}

function AuctionBody({ auction, clock }: { auction: AuctionDetail; clock: ChainClock }) {
  const lot = useLot(auction.params)
  const { settlement, params, counts } = auction
  const phase = phaseOf({ params, settlement, voided: auction.voided !== null }, clock)
  const { live } = counts

  return (
    <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <LotPicture id={auction.id} lot={lot} className="self-start lg:sticky lg:top-8" />
      <div className="space-y-10">
        <header className="space-y-4">
          <PhaseTag phase={phase} />
          <h1 className="text-3xl font-semibold sm:text-4xl">{lot.title}</h1>
          <p className="text-muted">{lot.kind}</p>
          {lot.description ? <p>{lot.description}</p> : null}
          <div className="border-rule grid gap-4 border-y py-4 sm:grid-cols-2">
            <p>
              <Countdown
                phase={phase}
                clock={clock}
                closesAt={params.closesAt}
                settleBy={params.settleBy}
                challengeUntil={settlement?.challengeUntil}
              />
              <span className="text-muted mt-1 block text-sm">{PHASES[phase].meaning}</span>
            </p>
            <p className="flex items-start gap-3">
              {live > 0 ? <WaxSeal className="size-9 shrink-0" /> : null}
              <span>
                <span className="font-semibold">{countBids(live)}</span>
                {live > 0 ? (
                  <span className="text-muted block text-sm">
                    {settlement || auction.voided
                      ? 'Those that did not set the price stay sealed for good.'
                      : 'How high they are, nobody can see: not even who is ahead.'}
                  </span>
                ) : null}
              </span>
            </p>
          </div>
        </header>
        {auction.integrity === 'mismatch' ? (
          <Notice tone="bad" title="This page’s index disagrees with the chain about this auction.">
            <p>Trust the chain. Your own bids and balances here are read from it directly.</p>
          </Notice>
        ) : null}
        {settlement || auction.voided ? <Result auction={auction} /> : null}
        <ClaimSection auction={auction} phase={phase} />
        <section aria-labelledby="bid" className="space-y-4">
          <h2 id="bid" className="text-2xl font-semibold">
            {phase === 'open' ? 'Your bid' : 'Your part'}
          </h2>
          <BidSection auction={auction} phase={phase} />
        </section>
        <EnclaveNotice />
        <LotTerms auction={auction} />
        <Visibility rule={params.rule} />
      </div>
    </div>
  )
}

function Unknown() {
  return (
    <Notice title="There is no auction with this number here." live>
      <p>If it was opened just now, it appears within seconds: this page keeps looking.</p>
    </Notice>
  )
}
