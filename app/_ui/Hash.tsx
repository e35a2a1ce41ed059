'use client'

import { useState } from 'react'
import { useNetwork } from '../_data/network'
import { shortHex } from '../_format/hex'

/** What a block explorer calls each kind of thing in its addresses. */
const PLACES = { transaction: 'tx', block: 'block', address: 'address' } as const

type Props = {
  value: string
  /** What it is, for those who do not see the page. */
  label: string
  /** What an explorer shows, where one is configured; without it, the value can only be copied. */
  kind?: keyof typeof PLACES
}

/** A hash or an address: shortened, whole in the title, copied on click, and linked where there is an explorer. */
export function Hash({ value, label, kind }: Props) {
  const { explorerUrl } = useNetwork()
  const [copied, setCopied] = useState(false)

  async function copy() {
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }

  return (
    <span className="whitespace-nowrap">
      <button
        type="button"
        onClick={() => void copy()}
        title={value}
        aria-label={`Copy ${label} ${shortHex(value)}`}
        className="decoration-edge inline-block min-w-[11ch] py-0.5 text-left font-mono text-[0.92em] underline decoration-dotted"
      >
        {copied ? 'copied' : shortHex(value)}
      </button>
      {kind && explorerUrl ? (
        <a
          href={`${explorerUrl}/${PLACES[kind]}/${value}`}
          target="_blank"
          rel="noreferrer"
          className="ml-1.5 py-0.5 underline"
          aria-label={`${label} ${shortHex(value)} on the block explorer`}
        >
          look up
        </a>
      ) : null}
    </span>
  )
}
