'use client'

import { lazy, Suspense, useId, useState, useSyncExternalStore } from 'react'
import { Button } from '../_ui/Button'
import { enableInjected, listInjected } from './injected'
import { setPolkadot, usePolkadot } from './polkadotStore'
import { PolkadotAccountPanel } from './PolkadotAccountPanel'

const ThrownNotice = lazy(() =>
  import('../_transaction/ThrownNotice').then((module) => ({ default: module.ThrownNotice })),
)

/** What the page's wallets are does not change while it is shown. */
const never = () => () => undefined

/** Polkadot wallets beside the others: to choose one, or the account that was chosen. Nothing where there are none. */
export function PolkadotPart() {
  const chosen = usePolkadot()
  const title = useId()
  // The server has no wallets, and the first paint is the server's.
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const wallets = inBrowser ? listInjected() : []
  if (wallets.length === 0) return null
  return (
    <section aria-labelledby={title} className="border-rule space-y-3 border-t pt-4">
      <h2 id={title} className="font-semibold">
        Polkadot
      </h2>
      {chosen ? <PolkadotAccountPanel {...chosen} /> : <PolkadotWallets wallets={wallets} />}
    </section>
  )
}

/** The Polkadot wallets of this browser. */
export function PolkadotWallets({ wallets }: { wallets: readonly { id: string; name: string }[] }) {
  const [asking, setAsking] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)

  async function choose(id: string) {
    setAsking(true)
    setThrown(null)
    try {
      const wallet = await enableInjected(id)
      const [account] = wallet.accounts
      if (account) setPolkadot({ wallet, account })
    } catch (error) {
      setThrown(error)
    } finally {
      setAsking(false)
    }
  }

  return (
    <>
      <ul className="space-y-2">
        {wallets.map(({ id, name }) => (
          <li key={id}>
            <Button className="w-full" disabled={asking} onClick={() => void choose(id)}>
              {name}
            </Button>
          </li>
        ))}
      </ul>
      <div role="status" className="text-sm empty:hidden">
        {asking ? 'Answer in your wallet. If nothing shows, open the wallet yourself.' : null}
      </div>
      {thrown ? (
        <Suspense fallback={null}>
          <ThrownNotice error={thrown} />
        </Suspense>
      ) : null}
    </>
  )
}
