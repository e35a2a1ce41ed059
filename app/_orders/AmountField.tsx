'use client'

import { Field } from '../_ui/Field'

type Props = {
  label: string
  hint?: string
  error: string | undefined
  value: string
  placeholder: string
  onChange: (text: string) => void
}

/** A labelled amount as a person types it. */
export function AmountField({ label, hint, error, value, placeholder, onChange }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          className="input"
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
