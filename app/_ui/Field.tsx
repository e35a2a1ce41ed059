import { useId, type ReactNode } from 'react'

type Control = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }

type Props = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** What else there is to say or to do about it, below. */
  note?: ReactNode
  /** Draws the input with the attributes that tie it to its label, hint, error and note. */
  children: (control: Control) => ReactNode
}

/** A labelled control with its hint and its error below. */
export function Field({ label, hint, error, note, children }: Props) {
  const id = useId()
  const described = [error && `${id}-error`, note && `${id}-note`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className="space-y-1.5" data-field>
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': Boolean(error) })}
      {error ? (
        <p id={`${id}-error`} className="text-bad text-sm" role="alert">
          {error}
        </p>
      ) : null}
      {note ? (
        <div id={`${id}-note`} className="text-sm">
          {note}
        </div>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
