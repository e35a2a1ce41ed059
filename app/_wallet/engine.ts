import type { PublicClient } from 'viem'
import { injected, type Config, type Connector, type CreateConnectorFn } from 'wagmi'
import {
  connect,
  disconnect,
  getConnection,
  getConnections,
  getPublicClient,
  reconnect,
  switchChain,
  watchConnections,
} from 'wagmi/actions'
import type { Address } from 'viem'
import type { Network } from '../_data/network'
import { sameHex } from '../_format/hex'
import { DEMO } from './demo'
import type { DemoExtras } from './demoConnector'
import type { AnnouncedWallet } from './discoverWallets'
import { NO_WALLET, type WalletState } from './session'
import { polkadotWallet } from './polkadotConnector'
import { parsePolkadotWalletId } from './polkadotWalletId'
import { chainOf, wagmiConfigFor } from './wagmiConfig'
import { DEMO_CHAIN_ID, DEMO_WALLET, LEGACY_WALLET, WALLET_CONNECT } from './walletIds'
import { walletConnect } from './walletConnect'

/** What speaks to wallets and chain. Loaded when someone connects, never for someone who looks. */
export type WalletEngine = {
  config: Config
  client: PublicClient
  /** @param onPairing Given the address that a phone's wallet must be shown. @throws what the wallet answers. */
  connect(wallet: AnnouncedWallet | string, onPairing?: (uri: string) => void): Promise<void>
  /** Takes up a connection that the wallet still grants, without asking. @returns whether it did. */
  restore(wallet: AnnouncedWallet | string): Promise<boolean>
  disconnect(): Promise<void>
  /** Asks the wallet for this network's chain, offering to add it where the wallet does not know it. */
  switchChain(): Promise<void>
  /** Acts as another of the accounts that the wallet lets this page see. */
  choose(address: Address): void
  /** Becomes another of the demo wallet's people. */
  play(position: number): Promise<void>
}

/**
 * @param onState Told whenever the connection, its account or its chain changes.
 */
export function openEngine(network: Network, onState: (state: WalletState) => void): WalletEngine {
  const config = wagmiConfigFor(network)
  const client = getPublicClient(config, { chainId: network.chainId }) as PublicClient
  const made = new Map<string, Connector>()
  let chosen: Address | undefined

  function connectorFor(wallet: AnnouncedWallet | string, onPairing?: (uri: string) => void): Connector {
    const key = typeof wallet === 'string' ? wallet : wallet.uuid
    const known = made.get(key)
    // Each pairing has its own address to show.
    if (known && key !== WALLET_CONNECT) return known
    const connector = config._internal.connectors.setup(makerOf(wallet, network, onPairing))
    made.set(key, connector)
    return connector
  }

  function read(): WalletState {
    const { address, addresses, chainId, connector } = getConnection(config)
    if (!address || !connector) return NO_WALLET
    // A wallet that puts another account first has switched, whatever was chosen here before.
    if (!addresses?.some((each) => sameHex(each, chosen))) chosen = undefined
    const position = connector.id === DEMO_WALLET ? DEMO?.positionOf(address) : undefined
    return {
      status: 'connected',
      address: chosen ?? address,
      addresses: addresses ?? [address],
      chainId,
      wallet: { id: connector.id, name: connector.name },
      person: position === undefined ? undefined : DEMO?.demoName(position),
    }
  }

  let first: Address | undefined
  watchConnections(config, {
    onChange: () => {
      const now = getConnection(config).address
      if (now !== first) chosen = undefined
      first = now
      onState(read())
    },
  })

  return {
    config,
    client,
    async connect(wallet, onPairing) {
      const connector = connectorFor(wallet, onPairing)
      const { current, connections } = config.state
      if (connector.uid === current && connections.has(connector.uid)) return
      await connect(config, { connector })
      // One wallet at a time: what is left of another must not come back on its own.
      for (const other of getConnections(config)) {
        if (other.connector.uid !== connector.uid) await disconnect(config, { connector: other.connector })
      }
      onState(read())
    },
    async restore(wallet) {
      const restored = await reconnect(config, { connectors: [connectorFor(wallet)] })
      if (restored.length > 0) onState(read())
      return restored.length > 0
    },
    async disconnect() {
      await disconnect(config)
      onState(read())
    },
    async switchChain() {
      await switchChain(config, {
        chainId: network.chainId,
        addEthereumChainParameter: {
          chainName: chainOf(network).name,
          rpcUrls: [network.rpcUrl],
          nativeCurrency: chainOf(network).nativeCurrency,
          ...(network.explorerUrl ? { blockExplorerUrls: [network.explorerUrl] } : {}),
        },
      })
      onState(read())
    },
    choose(address) {
      chosen = address
      onState(read())
    },
    async play(position) {
      const { connector } = getConnection(config)
      if (connector?.id === DEMO_WALLET) await (connector as Connector & DemoExtras).play(position)
    },
  }
}

function makerOf(
  wallet: AnnouncedWallet | string,
  network: Network,
  onPairing: ((uri: string) => void) | undefined,
): CreateConnectorFn {
  if (typeof wallet !== 'string') {
    const { id, name, icon, provider } = wallet
    return injected({ target: { id, name, icon, provider: provider as never } })
  }
  if (wallet === DEMO_WALLET && DEMO && network.chainId === DEMO_CHAIN_ID) return DEMO.demoWallet()
  if (wallet === LEGACY_WALLET) return injected()
  const polkadot = network.hub && parsePolkadotWalletId(wallet)
  if (polkadot) return polkadotWallet(polkadot, network)
  const projectId = network.walletConnectProjectId
  if (wallet === WALLET_CONNECT && projectId) return walletConnect({ projectId, rpcUrl: network.rpcUrl, onPairing })
  throw new Error(`no wallet is called ${wallet}`)
}
