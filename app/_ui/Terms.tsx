import type { ReactNode } from 'react'

/** A table of names and values, as a catalogue prints them. */
export function Terms({ children }: { children: ReactNode }) {
  return <dl className="divide-rule border-rule divide-y border-y text-sm">{children}</dl>
}

/** One line of `Terms`. */
export function Term({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-2.5 sm:grid-cols-[11rem_1fr]">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
