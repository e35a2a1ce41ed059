'use client'

import { Group, SpanField, type FieldsProps } from './fields'

/** When it closes, when it must be settled, and how long the result can be challenged. */
export function TimeFields(props: FieldsProps) {
  return (
    <Group title="The times">
      <SpanField
        {...props}
        name="closesIn"
        unit="closesUnit"
        label="Closes in"
        hint="From now, by the chain’s clock."
      />
      <SpanField
        {...props}
        name="settleIn"
        unit="settleUnit"
        label="Must be settled within"
        hint="After the close. If nobody settles by then, everyone is refunded and the lot comes back."
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
