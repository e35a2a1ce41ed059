'use client'

import { Moment } from '../../_ui/Moment'
import { parseSpan } from './auctionSpans'
import { Group, SpanField, type FieldsProps } from './fields'

/** When it closes, when it must be settled, and how long the result can be challenged. */
export function TimeFields({ now, ...props }: FieldsProps & { now: number }) {
  const { form } = props
  const closes = now + seconds(form.closesIn, form.closesUnit)
  const settles = closes + seconds(form.settleIn, form.settleUnit)
  return (
    <Group title="The times">
      <SpanField
        {...props}
        name="closesIn"
        unit="closesUnit"
        label="Closes in"
        hint={
          <>
            From now, by the chain’s clock: about <Moment at={closes} />. No bid is taken from that second on.
          </>
        }
      />
      <SpanField
        {...props}
        name="settleIn"
        unit="settleUnit"
        label="Must be settled within"
        hint={
          <>
            After the close, so by <Moment at={settles} />. If nobody settles by then, everyone is refunded and the lot
            comes back. A day leaves room for an enclave that has to be started again.
          </>
        }
      />
      <SpanField
        {...props}
        name="challenge"
        unit="challengeUnit"
        label="Challenge window"
        hint="After the settlement. Nothing is paid out before it is over, and losers stay locked through it."
      />
    </Group>
  )
}

/** Nothing, while what is typed is no span. */
function seconds(text: string, unit: string): number {
  const parsed = parseSpan(text, unit, 0, 365)
  return parsed.ok ? Number(parsed.amount) : 0
}
