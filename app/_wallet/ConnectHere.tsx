'use client'

import { lazy, Suspense, useState } from 'react'
import { Button } from '../_ui/Button'
import { useWallet } from './useWallet'

const WalletPicker = lazy(() => import('./WalletPicker').then((module) => ({ default: module.WalletPicker })))

/** Where something needs a wallet: one button, and the wallets to choose from once it is pressed. */
export function ConnectHere({ label }: { label: string }) {
  const { status } = useWallet()
  const [asked, setAsked] = useState(false)
  if (status === 'restoring') return <p role="status">Looking for the wallet you used last…</p>
  if (!asked) {
    return (
      <div className="space-y-2">
        <Button look="seal" onClick={() => setAsked(true)}>
          {label}
        </Button>
        <p className="text-muted text-sm">Looking needs none.</p>
      </div>
    )
  }
  return (
    <Suspense fallback={<p role="status">Loading…</p>}>
      <WalletPicker onDone={() => undefined} />
    </Suspense>
  )
}
