'use client'

import { useConnection, useDisconnect, useSwitchChain } from 'wagmi'
import { useNetwork } from '../_data/network'
import { Button } from '../_ui/Button'
import { Field } from '../_ui/Field'
import { Hash } from '../_ui/Hash'
import { Notice } from '../_ui/Notice'
import { DEMO_ACCOUNT_COUNT } from './demoAccounts'
import { demoName, useDemoConnector } from './useDemoConnector'

/** Which account is connected; another demo person; the right chain; leaving. */
export function ConnectedMenu({ onDone }: { onDone: () => void }) {
  const { address, chainId, connector } = useConnection()
  const network = useNetwork()
  const disconnect = useDisconnect()
  const switchChain = useSwitchChain()
  const { demo, position } = useDemoConnector()

  return (
    <div className="space-y-4 text-sm">
      {position === undefined ? (
        <p className="font-semibold">{connector?.name}</p>
      ) : (
        <p className="font-semibold">Demo wallet — local chain only</p>
      )}
      {address ? <Hash value={address} label="address" /> : null}
      {chainId !== network.chainId ? (
        <Notice tone="bad" title={`This wallet is on chain ${chainId}`}>
          <p>Subrosa here lives on chain {network.chainId}.</p>
          <Button onClick={() => switchChain.mutate({ chainId: network.chainId })}>Switch chain</Button>
        </Notice>
      ) : null}
      {demo && position !== undefined ? (
        <Field label="Act as" hint="Each is another account, so you can play every part yourself.">
          {(control) => (
            <select
              {...control}
              className="input"
              value={position}
              onChange={(event) => void demo.play(Number(event.target.value))}
            >
              {Array.from({ length: DEMO_ACCOUNT_COUNT }, (_, index) => (
                <option key={index} value={index}>
                  {demoName(index)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Button
        className="w-full"
        onClick={() => {
          disconnect.mutate({})
          onDone()
        }}
      >
        Disconnect
      </Button>
    </div>
  )
}
