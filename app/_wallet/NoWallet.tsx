'use client'

import { useNetwork } from '../_data/network'

/** What to do without a wallet, in words: naming a product would be advice, and a link a way to be fooled. */
export function NoWallet() {
  const { hub } = useNetwork()
  return (
    <details className="text-sm">
      <summary className="text-muted min-h-11 cursor-pointer py-3 underline">
        No wallet, or yours is not listed?
      </summary>
      <div className="text-muted space-y-2 pb-2">
        <p>
          A wallet is a browser extension or app that holds your keys and asks you before anything is signed. Any wallet
          for {hub ? 'Polkadot' : 'Ethereum'} works. Install one from its maker’s own site or your browser’s store, then
          reload this page.
        </p>
        <p>If it is installed: unlock it, allow it on this site, and reload. Private windows often switch it off.</p>
      </div>
    </details>
  )
}
