'use client'

import { useEffect, useState } from 'react'
import type { Address } from 'viem'
import { endpointKind } from '../../../lib/chain/endpointKind'
import { useNetwork } from '../../_data/network'
import { Notice } from '../../_ui/Notice'

// `simulated()` of the registry.
const SELECTOR = '0xa1791077'
const LOOK_EVERY_MS = 5_000

/** Asks the registry itself, through the browser's own node, and says what it answers until that is "hardware". */
export function BackingNotice() {
  const { rpcUrl, contracts } = useNetwork()
  const [simulated, setSimulated] = useState<boolean>()
  useEffect(() => {
    if (simulated !== undefined) return
    const look = () => askSimulated(rpcUrl, contracts.registry).then(setSimulated, () => undefined)
    void look()
    const timer = setInterval(() => void look(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [simulated, rpcUrl, contracts.registry])
  if (simulated === false) return null
  return (
    <Notice tone="warn" title={simulated ? 'Simulated enclave: no hardware protection' : 'Enclave not verified yet'}>
      <p>
        {simulated
          ? 'This server says otherwise, but the chain’s register says that no hardware protects the key. Whoever runs the enclave could read the bids.'
          : 'The chain has not said whether hardware protects the key that bids are sealed to. Until it does, assume that whoever runs the enclave could read them.'}
      </p>
    </Notice>
  )
}

async function askSimulated(rpcUrl: string, registry: string): Promise<boolean> {
  const result = endpointKind(rpcUrl) === 'hub' ? await askHub(rpcUrl, registry) : await askNode(rpcUrl, registry)
  if (typeof result !== 'string' || !/^0x0{63}[01]$/.test(result)) throw new Error('No answer.')
  return result.endsWith('1')
}

async function askNode(rpcUrl: string, registry: string): Promise<unknown> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'eth_call',
      params: [{ to: registry, data: SELECTOR }, 'latest'],
    }),
  })
  return ((await response.json()) as { result?: unknown }).result
}

/** Loads what speaks to a Hub. */
async function askHub(rpcUrl: string, registry: string): Promise<unknown> {
  const { hubRequestTo } = await import('../../../lib/chain/transport')
  const call = { to: registry as Address, data: SELECTOR } as const
  return hubRequestTo(rpcUrl)({ method: 'eth_call', params: [call, 'latest'] })
}
