'use client'

import type { ReactNode } from 'react'
import { Field } from '../../_ui/Field'
import type { FieldUnit } from '../../_format/parseAmount'
import { AmountField } from '../../_ui/AmountField'
import type { CheckedForm } from '../../_ui/useCheckedFields'
import { useLeave } from '../../_ui/useLeave'
import type { AuctionForm, FieldErrors } from './auctionDraft'
import { SPANS, spanUnit } from './auctionSpans'

export type FieldsProps = {
  form: AuctionForm
  /** Of all fields; each says its own once it is checked. */
  errors: FieldErrors
  fields: CheckedForm<keyof AuctionForm>
  set: (change: Partial<AuctionForm>) => void
}

/** A group of fields under a heading of the form. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="border-rule space-y-5 border-t pt-2">
      <legend className="pr-3 font-serif text-xl font-semibold">{title}</legend>
      {children}
    </fieldset>
  )
}

type TextProps = FieldsProps & { name: keyof AuctionForm; label: string; hint?: ReactNode }

/** One line of text. */
export function TextField({ form, errors, fields, set, name, label, hint }: TextProps) {
  const { checked, value, onChange, onLeave } = fields.of(name, form[name], (text) => set({ [name]: text }))
  const leave = useLeave(onLeave)
  return (
    <Field label={label} hint={hint} error={checked ? errors[name] : undefined}>
      {(control) => (
        <input
          {...control}
          className="input"
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onBlur={leave}
        />
      )}
    </Field>
  )
}

/** One number, in a unit. */
export function NumberField({ form, errors, fields, set, name, label, hint, unit }: TextProps & { unit: FieldUnit }) {
  return (
    <AmountField
      label={label}
      hint={hint}
      unit={unit}
      error={errors[name]}
      {...fields.of(name, form[name], (text) => set({ [name]: text }))}
    />
  )
}

type SpanProps = FieldsProps & {
  name: 'closesIn' | 'settleIn' | 'challenge'
  unit: 'closesUnit' | 'settleUnit' | 'challengeUnit'
  label: string
  hint: ReactNode
}

/** A span of time: a number and its unit. */
export function SpanField({ form, errors, fields, set, name, unit, label, hint }: SpanProps) {
  return (
    <AmountField
      label={label}
      hint={hint}
      unit={spanUnit(form[unit])}
      error={errors[name]}
      {...fields.of(name, form[name], (text) => set({ [name]: text }))}
      beside={
        <select
          aria-label={`${label}, unit`}
          className="input"
          value={form[unit]}
          onChange={(event) => set({ [unit]: event.target.value })}
        >
          {Object.keys(SPANS).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      }
    />
  )
}

type ChoiceProps<Value extends string> = {
  legend: string
  name: string
  value: Value
  choices: readonly { value: Value; title: string; text?: string }[]
  onChoose: (value: Value) => void
}

/** One of a few, each with a line of explanation. */
export function Choice<Value extends string>({ legend, name, value, choices, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="grid gap-2 sm:auto-cols-fr sm:grid-flow-col">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="border-edge has-checked:border-ink has-checked:bg-sheet has-focus-visible:outline-ink flex cursor-pointer items-start gap-2.5 rounded-sm border p-3 text-sm has-focus-visible:outline-2"
          >
            <input
              type="radio"
              name={name}
              className="accent-ink mt-1"
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
            />
            <span>
              <span className="block font-medium">{choice.title}</span>
              {choice.text ? <span className="text-muted block">{choice.text}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
