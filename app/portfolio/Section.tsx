import type { ReactNode } from 'react'

type Props = { id: string; title: string; lead?: string; children: ReactNode }

/** A part of the portfolio under its heading. */
export function Section({ id, title, lead, children }: Props) {
  return (
    <section aria-labelledby={id} className="space-y-4">
      <div>
        <h2 id={id} className="text-2xl font-semibold">
          {title}
        </h2>
        {lead ? <p className="text-muted mt-1 max-w-prose text-sm">{lead}</p> : null}
      </div>
      {children}
    </section>
  )
}

/** Said where a list has nothing in it. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="text-muted border-rule border-y py-4 text-sm">{children}</p>
}
