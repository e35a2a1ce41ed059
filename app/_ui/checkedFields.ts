/**
 * Which of a form's fields are checked by now. A field is checked once it was left, and all are once somebody tried to
 * send; one that is being typed in is left alone until it is left again.
 */
export type CheckedFields<Name extends string = string> = {
  left: readonly Name[]
  tried: boolean
  typing: Name | null
}

export const UNCHECKED: CheckedFields<never> = { left: [], tried: false, typing: null }

export type FieldEvent<Name extends string> =
  { type: 'typed'; name: Name } | { type: 'left'; name: Name } | { type: 'tried' } | { type: 'emptied' }

/** What is checked after something happened to a field, or to the form. */
export function afterFieldEvent<Name extends string>(
  before: CheckedFields<Name>,
  event: FieldEvent<Name>,
): CheckedFields<Name> {
  if (event.type === 'tried') return { ...before, tried: true, typing: null }
  if (event.type === 'emptied') return UNCHECKED
  if (event.type === 'typed') return { ...before, typing: event.name }
  return { ...before, typing: null, left: [...before.left.filter((name) => name !== event.name), event.name] }
}

/** @param isEmpty Nothing is said of an empty field that was only passed by. */
export function isChecked<Name extends string>(
  { left, tried, typing }: CheckedFields<Name>,
  name: Name,
  isEmpty: boolean,
): boolean {
  return typing !== name && (tried || (left.includes(name) && !isEmpty))
}
