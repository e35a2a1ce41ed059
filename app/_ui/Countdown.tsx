'use client'

import { nextMoment } from '../_data/nextMoment'
import { phaseOf, type PhaseInput } from '../_data/phase'
import { useChainClock } from '../_data/useChainClock'
import { formatSpan } from '../_format/time'
import { Moment } from './Moment'

const URGENT_SECONDS = 60

type Props = {
  facts: PhaseInput
  /** Chain time at which the page was made, Unix seconds: what is shown until the chain answers the browser. */
  madeAt: number
}

/** The next thing that time will do to an auction, on the chain's clock, with the exact moment. */
export function Countdown({ facts, madeAt }: Props) {
  const clock = useChainClock(madeAt)
  const phase = phaseOf(facts, clock)
  const next = nextMoment(phase, facts)
  if (!next) return null
  const left = next.at - clock.now
  return (
    <span className="block min-h-11">
      {left > 0 ? (
        <>
          {next.what}{' '}
          <span className={`font-semibold ${phase === 'open' && left <= URGENT_SECONDS ? 'text-rose' : ''}`}>
            {formatSpan(left)}
          </span>
        </>
      ) : (
        <span className="font-semibold">{next.due}</span>
      )}
      <Moment at={next.at} className="text-muted block text-sm" />
    </span>
  )
}
