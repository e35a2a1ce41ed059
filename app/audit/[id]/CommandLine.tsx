'use client'

import { useState, useSyncExternalStore } from 'react'
import type { Hex } from 'viem'
import { useNetwork } from '../../_data/network'
import { Button } from '../../_ui/Button'

/** The same checks, from one's own copy of the source: the command, ready to be pasted. */
export function CommandLine({ id, hasProof }: { id: Hex; hasProof: boolean }) {
  const { rpcUrl, contracts, startBlock, polkadot } = useNetwork()
  const [copied, setCopied] = useState(false)
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => '',
  )
  const parts = [
    `npm run -s subrosa -- verify auction ${id}`,
    `--rpc ${rpcUrl}`,
    ...(hasProof ? [`--bundle ${origin}/api/v1/bundles`] : []),
    `--contract ${contracts.auctions} --from-block ${startBlock}`,
    ...(polkadot ? [`--anchor ${polkadot.url}`] : []),
  ]

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
      <p className="text-muted max-w-prose text-sm">
        The same checks on the command line, from your own copy of the source and a node of your own in place of this
        one. The bundle may come from anywhere, a file too: its hash is on the chain.
      </p>
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
