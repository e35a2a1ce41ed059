'use client'

import { BATCH_PHASES, batchAt, endOfBatch, type BatchClock } from '../_data/batches'
import { useChainClock } from '../_data/useChainClock'
import { formatSpan } from '../_format/time'
import { Moment } from '../_ui/Moment'

type Props = {
  market: BatchClock
  /** Chain time at which the page was made, Unix seconds. */
  madeAt: number
  /** Leaves out the exact time and the bar. */
  brief?: boolean
}

/** Which batch takes orders now, and when it is cleared, by the chain's clock. */
export function BatchCountdown({ market, madeAt, brief = false }: Props) {
  const { block, now } = useChainClock(madeAt)
  // Blocks decide: until one ends the batch, an order would still come into it.
  const batchId = batchAt(market, block)
  const end = endOfBatch(market, batchId)
  const left = end - now
  const words =
    left > 0 ? (
      <>
        Batch {batchId} ends in <span className="font-semibold">{formatSpan(left)}</span>
      </>
    ) : (
      <>
        Batch {batchId}: <span className="font-semibold">closing, waiting for a block</span>
      </>
    )
  if (brief) return <span>{words}</span>
  const share = Math.min(1, Math.max(0, left / market.batchLength))
  return (
    <div className="min-h-20 space-y-1">
      <p>{words}</p>
      <div className="bg-rule h-1" aria-hidden="true">
        <div className="bg-rose h-1" style={{ width: `${100 * share}%` }} />
      </div>
      <p className="text-muted text-sm">
        {BATCH_PHASES[left > 0 ? 'open' : 'closing'].meaning} Cleared after <Moment at={end} />.
      </p>
    </div>
  )
}
