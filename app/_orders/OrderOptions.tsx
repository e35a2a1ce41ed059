'use client'

import { AmountField, type AmountFieldProps } from '../_ui/AmountField'
import { Field } from '../_ui/Field'
import type { MarketView } from './marketView'
import { SPANS, type OrderForm } from './orderDraft'

type Props = {
  form: OrderForm
  market: MarketView
  /** What the field of the least fill is given. */
  minFill: Pick<AmountFieldProps, 'value' | 'error' | 'checked' | 'onChange' | 'onLeave'>
  onChange: (change: Partial<OrderForm>) => void
}

/** How long an order lasts, and on what terms it may be filled in part. */
export function OrderOptions({ form, market, minFill, onChange }: Props) {
  const { life, span, fillOrKill } = form
  const value = life === 'span' ? String(span) : life
  return (
    <div className="space-y-4">
      <Field label="How long it lasts" hint={lifeHint(form)}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={value}
            disabled={fillOrKill}
            onChange={({ target }) =>
              onChange(
                target.value === 'batch' || target.value === 'cancelled'
                  ? { life: target.value }
                  : { life: 'span', span: Number(target.value) },
              )
            }
          >
            <option value="batch">For this batch</option>
            <option value="cancelled">Until I cancel it</option>
            {SPANS.filter(([seconds]) => seconds > market.batchLength).map(([seconds, name]) => (
              <option key={seconds} value={seconds}>
                For {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <details className="text-sm" open={fillOrKill || minFill.value !== '' || undefined}>
        <summary className="text-muted min-h-11 cursor-pointer py-3 underline">Partial fills</summary>
        <div className="space-y-4 pb-2">
          <label className="flex min-h-11 items-start gap-2 py-2">
            <input
              type="checkbox"
              className="accent-ink mt-0.5 size-5 shrink-0"
              checked={fillOrKill}
              onChange={({ target }) => onChange({ fillOrKill: target.checked })}
            />
            <span>
              Whole or not at all
              <span className="text-muted block">
                Fill or kill: what its batch cannot fill whole is dropped for good.
              </span>
            </span>
          </label>
          {fillOrKill ? null : (
            <AmountField
              label={`Least to fill in a batch, in ${market.base.symbol}`}
              hint="A batch that would fill less of it leaves it out."
              unit={market.base}
              placeholder="any amount"
              {...minFill}
            />
          )}
        </div>
      </details>
    </div>
  )
}

function lifeHint({ life, fillOrKill }: OrderForm): string {
  if (fillOrKill) return 'Whole or not at all: for one batch.'
  if (life === 'batch') return 'The batch of the block that takes it, and no later one.'
  if (life === 'cancelled') return 'What is left of it takes part in every batch.'
  return 'Through the batch in which the time is over. Nobody sees how long.'
}
