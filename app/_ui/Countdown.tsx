import type { AuctionPhase } from '../_data/phase'
import type { ChainClock } from '../_data/useChainClock'
import { formatSpan, formatTime } from '../_format/time'

type Props = {
  phase: AuctionPhase
  clock: ChainClock
  closesAt: number
  settleBy: number
  challengeUntil: number | undefined
}

/** The next thing that time will do to an auction, on the chain's clock, with the exact moment. */
export function Countdown({ phase, clock, closesAt, settleBy, challengeUntil }: Props) {
  const next = nextMoment(phase, closesAt, settleBy, challengeUntil)
  if (!next) return null
  const left = next.at - clock.now
  const urgent = phase === 'open' && left <= 60
  return (
    <span>
      {left > 0 ? (
        <>
          {next.what} <span className={urgent ? 'text-rose font-semibold' : 'font-semibold'}>{formatSpan(left)}</span>
        </>
      ) : (
        <span className="font-semibold">{next.due}</span>
      )}
      <span className="text-muted block text-sm">{formatTime(next.at)}</span>
    </span>
  )
}

function nextMoment(phase: AuctionPhase, closesAt: number, settleBy: number, challengeUntil: number | undefined) {
  switch (phase) {
    case 'open':
    case 'closing':
      return { what: 'Closes in', at: closesAt, due: 'Closing, waiting for a block' }
    case 'closed':
      return { what: 'Must settle within', at: settleBy, due: 'The time to settle is over' }
    case 'settled':
      return { what: 'Final in', at: challengeUntil ?? 0, due: 'Final with the next block' }
    case 'overdue':
    case 'final':
    case 'voided':
      return null
  }
}
