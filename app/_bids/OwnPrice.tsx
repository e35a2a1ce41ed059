'use client'

import { formatAmount, type Unit } from '../_format/amount'
import { ProblemNotice } from '../_transaction/ProblemNotice'
import { Button } from '../_ui/Button'
import { downloadReceipt } from '../_sealing/downloadReceipt'
import type { RevealedBid } from './useRevealedBid'

type Props = {
  revealed: RevealedBid
  tickSize: bigint
  unit: Unit
  /** What became of a bid at this price, in ticks, where that is known. */
  fateOf: ((price: number) => string) | undefined
}

/** What one bid, for one's own eyes; or the ways to read it again. */
export function OwnPrice({ revealed, tickSize, unit, fateOf }: Props) {
  const { price, receipt } = revealed
  if (price !== undefined) {
    return (
      <div className="space-y-2 text-sm">
        <p>
          The most you pay: <strong>{formatAmount(BigInt(price) * tickSize, unit)}</strong>
        </p>
        {fateOf ? <p>{fateOf(price)}</p> : null}
        <p className="text-muted">Only you see this. It was read from the chain and opened in this browser.</p>
        {receipt ? <Button onClick={() => downloadReceipt(receipt)}>Download receipt</Button> : null}
      </div>
    )
  }
  return (
    <div className="space-y-3 text-sm">
      <p className="text-muted">Your wallet can read it again: one signature, at no cost.</p>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={revealed.reveal} disabled={revealed.pending}>
          {revealed.pending ? 'Opening…' : 'Show my bid'}
        </Button>
        <label className="text-muted focus-within:outline-ink cursor-pointer underline focus-within:outline-2">
          or load a receipt
          <input
            type="file"
            accept="application/json"
            className="sr-only"
            onChange={(event) => void event.target.files?.[0]?.text().then(revealed.load)}
          />
        </label>
      </div>
      {revealed.problem ? <ProblemNotice problem={revealed.problem} /> : null}
    </div>
  )
}
