'use client'

import { lazy, Suspense, useState } from 'react'
import { useNetwork } from '../_data/network'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import { connectWallet } from '../_wallet/connectWallet'
import { polkadotWalletId } from '../_wallet/polkadotWalletId'
import { useWallet, useWalletSession } from '../_wallet/useWallet'
import { openInjectedWallet } from '../_wallet/openInjectedWallet'
import type { PolkadotAccount, PolkadotWallet } from './injected'

const ThrownNotice = lazy(() =>
  import('../_transaction/ThrownNotice').then((module) => ({ default: module.ThrownNotice })),
)

type Props = { wallet: PolkadotWallet; account: PolkadotAccount }
type State = 'ready' | 'asking' | 'unmapped' | 'mapping'

/** On a Polkadot Hub: takes a Polkadot account to bid, sell and trade with, and maps it first where that is missing. */
export function ActingPart({ wallet, account }: Props) {
  const network = useNetwork()
  const session = useWalletSession()
  const { wallet: connected } = useWallet()
  const [state, setState] = useState<State>('ready')
  const [thrown, setThrown] = useState<unknown>(null)
  const id = polkadotWalletId({ wallet: wallet.id, address: account.address })
  if (connected?.id === id) return <Notice title="You bid, sell and trade from this account." live />

  /** Loads what speaks to the chain: only for those who ask. */
  async function act(map: boolean) {
    setThrown(null)
    setState(map ? 'mapping' : 'asking')
    try {
      const opened = await openInjectedWallet(network, { wallet, account })
      if (map) await opened.map()
      else if (!(await opened.isMapped())) {
        setState('unmapped')
        return
      }
      await connectWallet(session, id)
      setState('ready')
    } catch (error) {
      setThrown(error)
      setState(map ? 'unmapped' : 'ready')
    }
  }

  return (
    <div className="space-y-2">
      {state === 'ready' || state === 'asking' ? (
        <Button className="w-full" look="main" disabled={state === 'asking'} onClick={() => void act(false)}>
          {state === 'asking' ? 'Asking the chain …' : 'Use this account'}
        </Button>
      ) : (
        <Notice tone="warn" title="This account is not mapped yet." live>
          <p>It cannot call contracts on this chain until it is. That takes one transaction and a deposit, once.</p>
          <Button disabled={state === 'mapping'} onClick={() => void act(true)}>
            {state === 'mapping' ? 'Answer in your wallet …' : 'Map this account'}
          </Button>
        </Notice>
      )}
      {thrown ? (
        <Suspense fallback={null}>
          <ThrownNotice error={thrown} />
        </Suspense>
      ) : null}
    </div>
  )
}
