'use client'

import { useState } from 'react'
import { shortHex } from '../_format/hex'

/** A hash or an address: shortened, whole in the title, copied on click. */
export function Hash({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false)

  async function copy() {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }

  return (
    <button
      type="button"
      onClick={() => void copy()}
      title={value}
      aria-label={`Copy ${label} ${shortHex(value)}`}
      className="decoration-edge font-mono text-[0.92em] underline decoration-dotted"
    >
      {copied ? 'copied' : shortHex(value)}
    </button>
  )
}
