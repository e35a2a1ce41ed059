'use client'

import { lazy, Suspense, useState } from 'react'
import { Button, buttonClass } from '../_ui/Button'

const PairingCode = lazy(() => import('./PairingCode').then((module) => ({ default: module.PairingCode })))

/** How a wallet on another device finds this page: a code to scan, a link on the same device, text to paste. */
export function Pairing({ uri }: { uri: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <div className="border-edge space-y-3 rounded-sm border p-3">
      <p>Scan this with your wallet. On this device, open it in the wallet, or copy it and paste it there.</p>
      <Suspense fallback={<div className="mx-auto aspect-square w-full max-w-64" />}>
        <PairingCode text={uri} />
      </Suspense>
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
