'use client'

import { lazy, Suspense, useState } from 'react'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import type { PolkadotAccount, PolkadotWallet } from './injected'

const ThrownNotice = lazy(() =>
  import('../_transaction/ThrownNotice').then((module) => ({ default: module.ThrownNotice })),
)

type Props = { url: string; wallet: PolkadotWallet; account: PolkadotAccount }
type State = 'unasked' | 'asking' | 'mapped' | 'missing' | 'no-contracts' | 'mapping'

const WORDS = {
  mapped: 'This account is mapped: contracts on this chain can be called from it.',
  'no-contracts': 'This chain runs no contracts, so there is nothing to be mapped.',
} as const

/** Whether the chain knows which account is behind the mapped address, and the way to tell it. */
export function MappingPart({ url, wallet, account }: Props) {
  const [state, setState] = useState<State>('unasked')
  const [thrown, setThrown] = useState<unknown>(null)

  /** Loads what speaks to the chain: only for those who ask. */
  async function work(map: boolean) {
    setThrown(null)
    setState(map ? 'mapping' : 'asking')
    try {
      const { readMapping, mapAccount } = await import('../../lib/chain/substrate/mapping')
      if (map) await mapAccount(url, { address: account.address, signer: wallet.signer })
      setState(await readMapping(url, account.accountId))
    } catch (error) {
      setThrown(error)
      setState(map ? 'missing' : 'unasked')
    }
  }

  return (
    <div className="space-y-2">
      {state === 'unasked' || state === 'asking' ? (
        <Button className="w-full" disabled={state === 'asking'} onClick={() => void work(false)}>
          {state === 'asking' ? 'Asking the chain …' : 'Is it mapped?'}
        </Button>
      ) : null}
      {state === 'mapped' || state === 'no-contracts' ? <Notice title={WORDS[state]} live /> : null}
      {state === 'missing' || state === 'mapping' ? (
        <Notice tone="warn" title="This account is not mapped yet." live>
          <p>It cannot call contracts on this chain until it is. That takes one transaction and a deposit, once.</p>
          <Button disabled={state === 'mapping'} onClick={() => void work(true)}>
            {state === 'mapping' ? 'Answer in your wallet …' : 'Map this account'}
          </Button>
        </Notice>
      ) : null}
      {thrown ? (
        <Suspense fallback={null}>
          <ThrownNotice error={thrown} />
        </Suspense>
      ) : null}
    </div>
  )
}
