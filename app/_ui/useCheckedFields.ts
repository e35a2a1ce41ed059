'use client'

import { useReducer } from 'react'
import { flushSync } from 'react-dom'
import { afterFieldEvent, isChecked, UNCHECKED, type CheckedFields, type FieldEvent } from './checkedFields'
import { focusFirstError } from './focusFirstError'

/** What a field is given by its form. */
type FieldState = { value: string; checked: boolean; onChange: (text: string) => void; onLeave: () => void }

export type CheckedForm<Name extends string> = {
  tried: boolean
  /** What the field of that name is given. */
  of: (name: Name, value: string, onChange: (text: string) => void) => FieldState
  /** Somebody tried to send: everything is checked, and the first field that stands against it gets the focus. */
  tryAll: (form: HTMLElement | null) => void
  /** What was typed has been sent. */
  empty: () => void
}

/** When a form's fields say what is wrong with them. */
export function useCheckedFields<Name extends string>(): CheckedForm<Name> {
  const [state, tell] = useReducer<CheckedFields<Name>, [FieldEvent<Name>]>(afterFieldEvent, UNCHECKED)
  return {
    tried: state.tried,
    of: (name, value, onChange) => ({
      value,
      checked: isChecked(state, name, value.trim() === ''),
      onChange: (text) => {
        tell({ type: 'typed', name })
        onChange(text)
      },
      onLeave: () => tell({ type: 'left', name }),
    }),
    tryAll: (form) => {
      flushSync(() => tell({ type: 'tried' }))
      if (form) focusFirstError(form)
    },
    empty: () => tell({ type: 'emptied' }),
  }
}
