'use client'

import { useState } from 'react'
import { Button, buttonClass } from '../_ui/Button'

/** How a wallet on another device finds this page: a link on the same device, text to paste on another. */
export function Pairing({ uri }: { uri: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <div className="border-edge space-y-3 rounded-sm border p-3">
      <p>Open this in your wallet, or copy it and paste it where the wallet says “connect” or “scan”.</p>
      <p className="max-h-24 overflow-y-auto font-mono text-xs wrap-anywhere" tabIndex={0} aria-label="Pairing address">
        {uri}
      </p>
      <div className="flex flex-wrap gap-2">
        <a className={buttonClass('main')} href={uri}>
          Open in a wallet
        </a>
        <Button onClick={() => void navigator.clipboard.writeText(uri).then(() => setCopied(true))}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p className="text-muted">It holds for five minutes, for one wallet. Do not show it to anyone else.</p>
    </div>
  )
}
