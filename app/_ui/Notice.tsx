import type { ReactNode } from 'react'

const TONES = {
  plain: 'border-edge bg-sheet',
  yours: 'border-rose bg-rose-wash',
  warn: 'border-warn bg-warn-wash',
  bad: 'border-bad bg-bad-wash',
}

type Props = { tone?: keyof typeof TONES; title: string; children?: ReactNode; live?: boolean }

/** A short message set apart from the text. `live` reads it out when it appears. */
export function Notice({ tone = 'plain', title, children, live = false }: Props) {
  return (
    <div className={`border-l-4 px-4 py-3 text-sm ${TONES[tone]}`} role={live ? 'status' : undefined}>
      <p className="font-semibold">{title}</p>
      {children ? <div className="mt-1 space-y-1">{children}</div> : null}
    </div>
  )
}
