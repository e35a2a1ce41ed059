import Link from 'next/link'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import type { Unit } from '../../_format/amount'
import { LotPicture } from '../../_lot/LotPicture'
import type { LotView } from '../../_lot/lotView'
import { Countdown } from '../../_ui/Countdown'
import { LivePhaseTag } from '../../_ui/LivePhaseTag'
import { Notice } from '../../_ui/Notice'
import { phaseFacts } from '../phaseFacts'
import { EnclaveNotice } from './EnclaveNotice'
import { LotTerms } from './LotTerms'
import { nextSteps } from './nextSteps'
import { NextStepsPanel } from './NextStepsPanel'
import { PersonalPart } from './PersonalPart'
import { PhaseMeaning } from './PhaseMeaning'
import { Result } from './Result'
import { Seals } from './Seals'
import { StepsInWords } from './StepsInWords'
import { stepsFacts } from './stepsFacts'
import { Visibility } from './Visibility'

/** Where a contract does not say how its amounts are written: exact, if not pretty. */
const BASE_UNITS: Unit = { symbol: 'base units', decimals: 0 }

type Props = {
  auction: AuctionDetail
  lot: LotView
  unit: Unit | null
  lotUnit: Unit | null
  simulated: boolean
  madeAt: number
}

/** One auction: the lot, where it stands, what one can do, and all that was agreed. */
export function AuctionView({ auction, lot, unit, lotUnit, simulated, madeAt }: Props) {
  const facts = phaseFacts(auction)
  const money = unit ?? BASE_UNITS
  return (
    <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="space-y-4 self-start lg:sticky lg:top-8">
        <p className="text-sm">
          <Link href="/auctions" className="underline">
            All auctions
          </Link>
        </p>
        <LotPicture id={auction.id} lot={lot} className="aspect-square" large />
      </div>
      <div className="space-y-10">
        <header className="space-y-4">
          <LivePhaseTag facts={facts} madeAt={madeAt} />
          <h1 className="text-3xl font-semibold sm:text-4xl">{lot.title}</h1>
          <p className="text-muted">{lot.kind}</p>
          {lot.description ? <p className="max-w-prose wrap-anywhere">{lot.description}</p> : null}
          <div className="border-rule grid gap-4 border-y py-4 sm:grid-cols-2">
            <div>
              <Countdown facts={facts} madeAt={madeAt} />
              <PhaseMeaning facts={facts} madeAt={madeAt} />
            </div>
            <Seals auction={auction} />
          </div>
        </header>
        {auction.integrity === 'mismatch' ? (
          <Notice tone="bad" title="This page’s index disagrees with the chain about this auction.">
            <p>Trust the chain. Your own bids and balances here are read from it directly.</p>
          </Notice>
        ) : null}
        <Result auction={auction} unit={money} />
        <NextStepsPanel auction={auction} madeAt={madeAt}>
          <StepsInWords
            steps={nextSteps({ role: 'visitor', ...stepsFacts(auction, { block: madeAt, now: madeAt }) })}
          />
        </NextStepsPanel>
        <PersonalPart auction={auction} madeAt={madeAt} />
        <EnclaveNotice simulated={simulated} />
        <LotTerms auction={auction} unit={money} lotUnit={lotUnit} simulated={simulated} />
        <Visibility auction={auction} />
      </div>
    </div>
  )
}
