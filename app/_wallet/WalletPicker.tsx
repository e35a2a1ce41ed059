'use client'

import { lazy, Suspense, useId, useState, useSyncExternalStore } from 'react'
import { Button } from '../_ui/Button'
import { Tag } from '../_ui/Tag'
import { PolkadotPart } from '../_polkadot/PolkadotPart'
import { connectWallet } from './connectWallet'
import { NoWallet } from './NoWallet'
import { Pairing } from './Pairing'
import { readRememberedWallet } from './rememberedWallet'
import { useWallet, useWalletSession } from './useWallet'
import { useWalletChoices } from './useWalletChoices'
import { WalletIcon } from './WalletIcon'
import { DEMO_WALLET, WALLET_CONNECT } from './walletIds'

const ThrownNotice = lazy(() =>
  import('../_transaction/ThrownNotice').then((module) => ({ default: module.ThrownNotice })),
)

const never = () => () => undefined
const lastUsed = () => readRememberedWallet()?.id

/** The wallets this browser announces, one on another device, and the demo wallet on a local chain. */
export function WalletPicker({ onDone }: { onDone: () => void }) {
  const session = useWalletSession()
  const choices = useWalletChoices()
  const { status } = useWallet()
  const title = useId()
  const [asking, setAsking] = useState<string | null>(null)
  const [pairing, setPairing] = useState<string | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  // Not on the server, and so not in the first paint either.
  const last = useSyncExternalStore(never, lastUsed, () => undefined)

  async function choose(key: string) {
    setAsking(key)
    setThrown(null)
    setPairing(null)
    try {
      await connectWallet(session, key, setPairing)
      onDone()
    } catch (error) {
      setThrown(error)
    } finally {
      setAsking(null)
      setPairing(null)
    }
  }

  return (
    <section aria-labelledby={title} className="space-y-3">
      <h2 id={title} className="font-semibold">
        Connect a wallet
      </h2>
      <p className="text-muted text-sm">Only to bid, sell or claim. Looking needs none.</p>
      <ul className="space-y-2">
        {choices.map(({ key, id, name, icon }) => (
          <li key={key}>
            <Button
              className="w-full"
              look={id === DEMO_WALLET ? 'main' : 'quiet'}
              disabled={asking !== null || status === 'restoring'}
              onClick={() => void choose(key)}
            >
              <WalletIcon icon={icon} />
              {name}
              {id === last ? <span className="font-normal">(last used)</span> : null}
            </Button>
            {id === DEMO_WALLET ? (
              <p className="text-muted mt-1.5 text-sm">
                <Tag>local chain only</Tag> Ten funded people with publicly known keys. Nothing here is worth anything.
              </p>
            ) : null}
            {id === WALLET_CONNECT ? (
              <p className="text-muted mt-1.5 text-sm">A wallet on your phone, over WalletConnect’s relay.</p>
            ) : null}
          </li>
        ))}
      </ul>
      <div role="status" className="text-sm empty:hidden">
        {status === 'restoring' ? 'Looking for the wallet you used last…' : null}
        {asking && !pairing ? 'Answer in your wallet. If nothing shows, open the wallet yourself.' : null}
        {pairing ? <Pairing uri={pairing} /> : null}
      </div>
      {thrown ? (
        <Suspense fallback={null}>
          <ThrownNotice error={thrown} />
        </Suspense>
      ) : null}
      <PolkadotPart />
      <NoWallet />
    </section>
  )
}
