import type { ReactNode } from 'react'

const TONES = {
  plain: 'border-edge text-muted',
  open: 'border-good text-good',
  yours: 'border-rose text-rose',
  warn: 'border-warn text-warn',
  bad: 'border-bad text-bad',
}

/** A small label: a phase, "simulated", "unproven". */
export function Tag({ tone = 'plain', children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  return (
    <span className={`inline-block rounded-sm border px-2 py-0.5 text-xs font-medium whitespace-nowrap ${TONES[tone]}`}>
      {children}
    </span>
  )
}
