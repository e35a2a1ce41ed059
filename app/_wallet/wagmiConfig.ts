import { defineChain, http, type Chain } from 'viem'
import { createConfig, createStorage, injected } from 'wagmi'
import { connectionStorage } from './connectionStorage'
import { DEMO_CHAIN_ID } from './demoAccounts'
import { demoWallet } from './demoConnector'

/** What the browser must know of the chain; it comes from `GET /api/v1/status`. */
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

/** wagmi for one chain: wallets announced by EIP-6963, a legacy injected one, and the demo wallet locally. */
export function wagmiConfigFor(info: ChainInfo) {
  const chain = chainOf(info)
  return createConfig({
    chains: [chain],
    connectors: info.chainId === DEMO_CHAIN_ID ? [demoWallet(), injected()] : [injected()],
    multiInjectedProviderDiscovery: true,
    // The remembered connection is taken up after hydration, so that the first paint is the server's.
    ssr: true,
    storage: createStorage({ storage: connectionStorage() }),
    transports: { [chain.id]: http(info.rpcUrl, { batch: true }) },
    pollingInterval: 2_000,
  })
}
