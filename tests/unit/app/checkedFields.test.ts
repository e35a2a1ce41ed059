import { describe, expect, it } from 'vitest'
import {
  afterFieldEvent,
  isChecked,
  UNCHECKED,
  type CheckedFields,
  type FieldEvent,
} from '../../../app/_ui/checkedFields'

type Name = 'price' | 'size'
const after = (...events: FieldEvent<Name>[]) =>
  events.reduce<CheckedFields<Name>>((state, event) => afterFieldEvent(state, event), UNCHECKED)
const checked = (state: CheckedFields<Name>, isEmpty = false) =>
  (['price', 'size'] as const).filter((name) => isChecked(state, name, isEmpty))

const typed = (name: Name) => ({ type: 'typed', name }) as const
const left = (name: Name) => ({ type: 'left', name }) as const

describe('fields are checked', () => {
  it('once they are left, and not while they are typed in', () => {
    expect(checked(after())).toEqual([])
    expect(checked(after(typed('price')))).toEqual([])
    expect(checked(after(typed('price'), left('price')))).toEqual(['price'])
    expect(checked(after(typed('price'), left('price'), typed('price')))).toEqual([])
    expect(checked(after(typed('price'), left('price'), typed('size')))).toEqual(['price'])
  })

  it('all of them once somebody tried to send, but for the one that is typed in again', () => {
    expect(checked(after({ type: 'tried' }), true)).toEqual(['price', 'size'])
    expect(checked(after(typed('price'), { type: 'tried' }))).toEqual(['price', 'size'])
    expect(checked(after({ type: 'tried' }, typed('price')))).toEqual(['size'])
    expect(checked(after({ type: 'tried' }, typed('price'), left('price')))).toEqual(['price', 'size'])
  })

  it('not when they are empty and were only passed by', () => {
    expect(checked(after(left('price')), true)).toEqual([])
  })

  it('anew once what was typed has been sent', () => {
    expect(checked(after(left('price'), { type: 'tried' }, { type: 'emptied' }))).toEqual([])
  })
})
