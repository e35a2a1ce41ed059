/** Moves the focus to the first field with an error; where it asks something, to the first answer. */
export function focusFirstError(form: HTMLElement): void {
  const field = form.querySelector<HTMLElement>('[aria-invalid="true"]')
  const folded = field?.closest('details')
  if (folded) folded.open = true
  const answer = field?.closest('[data-field]')?.querySelector<HTMLElement>('[data-answer]')
  const target = answer ?? field
  target?.focus()
}
