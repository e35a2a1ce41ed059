'use client'

import { useRef } from 'react'
import { useConnection } from 'wagmi'
import { useNetwork } from '../_data/network'
import { shortHex } from '../_format/hex'
import { buttonClass } from '../_ui/Button'
import { ConnectedMenu } from './ConnectedMenu'
import { useDemoConnector } from './useDemoConnector'
import { WalletPicker } from './WalletPicker'

/** Connects a wallet, or shows which account is connected and lets one change it. */
export function WalletMenu() {
  const { address, chainId, isConnected } = useConnection()
  const network = useNetwork()
  const demo = useDemoConnector()
  const menu = useRef<HTMLDetailsElement>(null)
  const close = () => menu.current?.removeAttribute('open')
  const elsewhere = isConnected && chainId !== network.chainId

  return (
    <details
      ref={menu}
      className="relative"
      onKeyDown={(event) => event.key === 'Escape' && close()}
      onBlur={(event) => event.relatedTarget && !event.currentTarget.contains(event.relatedTarget) && close()}
    >
      <summary className={`${buttonClass()} list-none [&::-webkit-details-marker]:hidden`}>
        {isConnected && address ? (
          <>
            <span className={`size-2 rounded-full ${elsewhere ? 'bg-bad' : 'bg-good'}`} aria-hidden="true" />
            {elsewhere ? 'Wrong chain' : demo.person ? demo.person : shortHex(address)}
          </>
        ) : (
          'Connect wallet'
        )}
      </summary>
      <div className="border-edge bg-sheet absolute right-0 z-10 mt-2 w-[min(21rem,calc(100vw-2rem))] rounded-sm border p-4 shadow-lg">
        {isConnected ? <ConnectedMenu onDone={close} /> : <WalletPicker onDone={close} />}
      </div>
    </details>
  )
}
