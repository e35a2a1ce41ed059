import { defineChain, type Chain } from 'viem'
import { createConfig, createStorage } from 'wagmi'
import { chainTransport } from '../../lib/chain/transport'
import { connectionStorage } from './connectionStorage'
import { DEMO_CHAIN_ID } from './walletIds'

/** What the browser must know of the chain. */
export type ChainInfo = { chainId: number; rpcUrl: string }

/** The chain as viem describes it. */
export function chainOf({ chainId, rpcUrl }: ChainInfo): Chain {
  return defineChain({
    id: chainId,
    name: chainId === DEMO_CHAIN_ID ? 'Local chain' : `Chain ${chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
    testnet: chainId === DEMO_CHAIN_ID,
  })
}

/**
 * wagmi for one chain. Wallets are added as they are chosen: which there are, the session finds by EIP-6963, without
 * loading any of this.
 */
export function wagmiConfigFor(info: ChainInfo) {
  const chain = chainOf(info)
  return createConfig({
    chains: [chain],
    connectors: [],
    multiInjectedProviderDiscovery: false,
    storage: createStorage({ storage: connectionStorage() }),
    transports: { [chain.id]: chainTransport(info.rpcUrl, { batch: true }) },
    pollingInterval: 2_000,
  })
}
