'use client'

import { createContext, useContext } from 'react'
import type { Hash } from 'viem'
import type { Deployment } from '../../lib/chain/deployment'

/**
 * The chain and the contracts this app speaks to. The content security policy admits `rpcUrl` and no other node.
 * `explorerUrl` has no slash at its end.
 */
export type Network = Deployment & {
  rpcUrl: string
  explorerUrl?: string | undefined
  /** Where the chain is a Polkadot Hub, and `rpcUrl` a WebSocket: its first block, which wallets sign for, and how it writes accounts. */
  hub?: { genesisHash?: Hash | undefined; ss58Prefix: number } | undefined
  /** The Substrate chain that settlements are anchored in, where there is one; the policy admits its node, too. */
  polkadot?: { url: string; ss58Prefix: number } | undefined
  /** Where this is set, a wallet on another device can connect by WalletConnect. */
  walletConnectProjectId?: string | undefined
  /** On the local chain: its simulator's root, by the SHA-256 of its certificate in lower-case hex. Builds for other chains ignore it. */
  simulatorRoot?: string | undefined
}

export const NetworkContext = createContext<Network | null>(null)

/**
 * The network of this deployment.
 * @throws Error outside of `Providers`.
 */
export function useNetwork(): Network {
  const network = useContext(NetworkContext)
  if (!network) throw new Error('useNetwork needs Providers above it')
  return network
}
