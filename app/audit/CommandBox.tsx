'use client'

import { useState, type ReactNode } from 'react'
import { Button } from '../_ui/Button'

/** The same checks, from one's own copy of the source: the command, ready to be pasted. `children` say what it does. */
export function CommandBox({ parts, children }: { parts: readonly string[]; children: ReactNode }) {
  const [copied, setCopied] = useState(false)

  async function copy() {
    await navigator.clipboard.writeText(parts.join(' '))
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }

  return (
    <section aria-labelledby="command" className="space-y-4">
      <h2 id="command" className="text-2xl font-semibold">
        Or without this site
      </h2>
      <p className="text-muted max-w-prose text-sm">{children}</p>
      <pre
        // Scrolls where it is wider than the page, so it can be reached by keyboard.
        tabIndex={0}
        aria-label="Command"
        className="border-rule bg-sheet overflow-x-auto border p-3 font-mono text-xs"
      >
        {parts.join(' \\\n  ')}
      </pre>
      <Button onClick={() => void copy()}>{copied ? 'Copied' : 'Copy the command'}</Button>
    </section>
  )
}
