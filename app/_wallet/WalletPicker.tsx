'use client'

import { useConnect, useConnectors, type Connector } from 'wagmi'
import { useNetwork } from '../_data/network'
import { explain } from '../_transaction/problem'
import { ProblemNotice } from '../_transaction/ProblemNotice'
import { Button } from '../_ui/Button'
import { Tag } from '../_ui/Tag'
import { DEMO_CONNECTOR_ID } from './demoConnector'

/** The wallets this browser announces, and the demo wallet on a local chain. */
export function WalletPicker({ onDone }: { onDone: () => void }) {
  const { chainId } = useNetwork()
  const connect = useConnect()
  const connectors = useConnectors()
  const announced = connectors.filter(({ type, id }) => type === 'injected' && id !== 'injected')
  const listed = connectors.filter(({ id }) => id !== 'injected' || announced.length === 0)

  // Not the mutation's own callback: that is dropped when connecting takes this picker off the page.
  async function choose(connector: Connector) {
    try {
      await connect.mutateAsync({ connector, chainId })
      onDone()
    } catch {
      // Shown below: the mutation keeps the error.
    }
  }

  return (
    <div className="space-y-3">
      <h2 className="font-semibold">Connect a wallet</h2>
      <ul className="space-y-2">
        {listed.map((connector) => (
          <li key={connector.uid}>
            <Button
              className="w-full"
              look={connector.id === DEMO_CONNECTOR_ID ? 'main' : 'quiet'}
              disabled={connect.isPending}
              onClick={() => void choose(connector)}
            >
              {connector.id === 'injected' ? 'Browser wallet' : connector.name}
            </Button>
            {connector.id === DEMO_CONNECTOR_ID ? (
              <p className="text-muted mt-1.5 text-sm">
                <Tag>local chain only</Tag> Ten funded people with publicly known keys. Nothing here is worth anything.
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      {connect.error ? <ProblemNotice problem={explain(connect.error)} /> : null}
    </div>
  )
}
