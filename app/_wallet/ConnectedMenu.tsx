'use client'

import { useState } from 'react'
import type { Address } from 'viem'
import { useNetwork } from '../_data/network'
import { shortHex } from '../_format/hex'
import { Button } from '../_ui/Button'
import { Field } from '../_ui/Field'
import { Hash } from '../_ui/Hash'
import { PolkadotPart } from '../_polkadot/PolkadotPart'
import { disconnectWallet } from './connectWallet'
import { DEMO } from './demo'
import { useWallet, useWalletSession } from './useWallet'
import { DEMO_WALLET } from './walletIds'
import { WrongChain } from './WrongChain'

/** Which account is connected; another account or demo person; the right chain; leaving. */
export function ConnectedMenu({ onDone }: { onDone: () => void }) {
  const session = useWalletSession()
  const { address, addresses, chainId, wallet } = useWallet()
  const network = useNetwork()
  const [leaving, setLeaving] = useState(false)
  const demo = wallet?.id === DEMO_WALLET ? DEMO : null

  // React puts a controlled select back before the engine is there: the value is read at once.
  const play = (position: number) => void session.engine().then((engine) => engine.play(position))
  const choose = (account: Address) => void session.engine().then((engine) => engine.choose(account))

  return (
    <div className="space-y-4 text-sm">
      <p className="font-semibold">{demo?.title ?? wallet?.name}</p>
      {/* A line of its own: it must not touch the button below. */}
      {address ? (
        <p>
          <Hash value={address} label="address" />
        </p>
      ) : null}
      {chainId !== network.chainId ? <WrongChain /> : null}
      {demo ? <demo.ActAs address={address} onPlay={play} /> : null}
      {!demo && addresses.length > 1 ? (
        <Field label="Account" hint="Those your wallet lets this page see. Switching in the wallet works too.">
          {(control) => (
            <select
              {...control}
              className="input"
              value={address}
              onChange={(event) => choose(event.target.value as Address)}
            >
              {addresses.map((each) => (
                <option key={each} value={each}>
                  {shortHex(each)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Button
        className="w-full"
        disabled={leaving}
        onClick={() => {
          setLeaving(true)
          void disconnectWallet(session).finally(onDone)
        }}
      >
        Disconnect
      </Button>
      <PolkadotPart />
    </div>
  )
}
