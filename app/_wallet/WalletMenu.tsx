'use client'

import { lazy, Suspense, useRef, useState } from 'react'
import { useNetwork } from '../_data/network'
import { shortHex } from '../_format/hex'
import { buttonClass } from '../_ui/Button'
import { useWallet } from './useWallet'

const ConnectedMenu = lazy(() => import('./ConnectedMenu').then((module) => ({ default: module.ConnectedMenu })))
const WalletPicker = lazy(() => import('./WalletPicker').then((module) => ({ default: module.WalletPicker })))

/** Connects a wallet, or shows which account is connected and lets one change it. */
export function WalletMenu() {
  const { status, address, chainId, person } = useWallet()
  const network = useNetwork()
  const [opened, setOpened] = useState(false)
  const menu = useRef<HTMLDetailsElement>(null)
  const summary = useRef<HTMLElement>(null)
  const close = () => menu.current?.removeAttribute('open')
  const elsewhere = status === 'connected' && chainId !== network.chainId

  return (
    <details
      ref={menu}
      className="relative"
      onToggle={() => setOpened(true)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        close()
        summary.current?.focus()
      }}
      onBlur={(event) => event.relatedTarget && !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <summary ref={summary} className={`${buttonClass()} list-none [&::-webkit-details-marker]:hidden`}>
        {address ? (
          <>
            <span className={`size-2 rounded-full ${elsewhere ? 'bg-bad' : 'bg-good'}`} aria-hidden="true" />
            {elsewhere ? 'Wrong chain' : (person ?? shortHex(address))}
          </>
        ) : (
          'Connect wallet'
        )}
      </summary>
      <div className="border-edge bg-sheet absolute right-0 z-20 mt-2 max-h-[75dvh] w-[min(21rem,calc(100vw-2rem))] overflow-y-auto rounded-sm border p-4 shadow-lg">
        {opened ? (
          <Suspense fallback={<p className="text-muted text-sm">Loading…</p>}>
            {address ? <ConnectedMenu onDone={close} /> : <WalletPicker onDone={close} />}
          </Suspense>
        ) : null}
      </div>
    </details>
  )
}
