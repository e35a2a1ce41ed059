'use client'

import { useRef, type ReactNode } from 'react'
import { wordsOf, type FieldUnit } from '../_format/parseAmount'
import { ownFormat, plainOwnFormat } from '../_format/ownFormat'
import { readNumber } from '../_format/readNumber'
import { buttonClass } from './Button'
import { Field } from './Field'
import { spellings } from './spellings'
import { useLeave } from './useLeave'

export type AmountFieldProps = {
  label: string
  hint?: ReactNode
  unit: FieldUnit
  value: string
  /** What is wrong with it; also the question, where it can be read in two ways. */
  error: string | undefined
  /** Whether it is said by now what is wrong with it, what it asks, or how it was read. */
  checked: boolean
  placeholder?: string | undefined
  className?: string
  /** A control that belongs to it, at its side. */
  beside?: ReactNode
  onChange: (text: string) => void
  onLeave: () => void
}

/** A labelled amount as a person types it: asks which of two is meant, and says how it was read. */
export function AmountField(props: AmountFieldProps) {
  const { label, hint, unit, value, error, checked, placeholder, className = '', beside, onChange, onLeave } = props
  const input = useRef<HTMLInputElement>(null)
  const leave = useLeave(onLeave)
  const read = checked && value.trim() !== '' ? readNumber(value, wordsOf(unit)) : undefined
  const own = read?.kind === 'number' ? plainOwnFormat(read.value) : undefined

  function answer(text: string) {
    onChange(text)
    onLeave()
    input.current?.focus()
  }

  return (
    <Field
      label={label}
      hint={hint}
      error={checked ? error : undefined}
      note={
        read?.kind === 'unclear' ? (
          <div className="flex flex-wrap gap-2 py-1">
            {spellings(value, read.values).map(({ value: meant, text }) => (
              <button key={text} type="button" data-answer className={buttonClass()} onClick={() => answer(text)}>
                {`${ownFormat(meant)} ${unit.symbol}`.trim()}
              </button>
            ))}
          </div>
        ) : own !== undefined && own !== value.trim() ? (
          <output className="text-muted">Read as {`${own} ${unit.symbol}`.trim()}.</output>
        ) : undefined
      }
    >
      {(control) => (
        <div className="flex gap-2">
          <input
            {...control}
            ref={input}
            type="text"
            className={`input ${className}`}
            inputMode="decimal"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            placeholder={placeholder}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onBlur={leave}
          />
          {beside}
        </div>
      )}
    </Field>
  )
}
