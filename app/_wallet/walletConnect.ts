import { getAddress, numberToHex, type Address, type EIP1193RequestFn } from 'viem'
import { createConnector } from 'wagmi'
import { WALLET_CONNECT } from './walletIds'

type Options = {
  projectId: string
  rpcUrl: string
  /** Given the `wc:` address that the wallet must open or scan. */
  onPairing: ((uri: string) => void) | undefined
}

type Provider = { request: EIP1193RequestFn }

const METHODS = [
  ...['eth_sendTransaction', 'eth_signTypedData_v4', 'wallet_switchEthereumChain', 'wallet_addEthereumChain'],
  ...['wallet_getCapabilities', 'wallet_sendCalls', 'wallet_getCallsStatus'],
]
const PAIRING_MS = 5 * 60_000

/**
 * A wallet on another device, by WalletConnect's relay: the relay carries what is encrypted to that wallet, and learns
 * that this browser and that wallet talk. Its code is loaded when someone chooses it.
 */
export function walletConnect({ projectId, rpcUrl, onPairing }: Options) {
  return createConnector<Provider>((config) => {
    const chain = config.chains[0]
    let opening: ReturnType<typeof open> | undefined

    async function open() {
      const { UniversalProvider } = await import('@walletconnect/universal-provider')
      const provider = await UniversalProvider.init({
        projectId,
        telemetryEnabled: false,
        metadata: {
          name: 'Subrosa',
          description: 'Sealed-bid auctions',
          url: window.location.origin,
          icons: [],
        },
      })
      provider.on('display_uri', (uri: string) => onPairing?.(uri))
      provider.on('accountsChanged', (accounts: string[]) => {
        config.emitter.emit('change', { accounts: accounts.map((account) => getAddress(plain(account))) })
      })
      provider.on('chainChanged', (id: string | number) => config.emitter.emit('change', { chainId: Number(id) }))
      provider.on('session_delete', () => config.emitter.emit('disconnect'))
      return provider
    }
    const opened = () =>
      (opening ??= open().catch((error: unknown) => {
        opening = undefined
        throw error
      }))

    async function accountsOf(): Promise<Address[]> {
      const { session } = await opened()
      const accounts = session?.namespaces['eip155']?.accounts ?? []
      return [...new Set(accounts.map((account) => getAddress(plain(account))))]
    }

    return {
      id: WALLET_CONNECT,
      name: 'WalletConnect',
      type: WALLET_CONNECT,
      async connect() {
        const provider = await opened()
        if (!provider.session) {
          await within(
            PAIRING_MS,
            provider.connect({
              optionalNamespaces: {
                eip155: {
                  methods: METHODS,
                  chains: [`eip155:${chain.id}`],
                  events: ['chainChanged', 'accountsChanged'],
                  rpcMap: { [chain.id]: rpcUrl },
                },
              },
            }),
          )
        }
        // wagmi's return type depends on `withCapabilities`, which is asked of the wallet when it matters.
        return { accounts: (await accountsOf()) as never, chainId: chain.id }
      },
      async disconnect() {
        await (await opened()).disconnect()
      },
      getAccounts: accountsOf,
      // A session is for the one chain that was asked for.
      getChainId: () => Promise.resolve(chain.id),
      async getProvider() {
        const provider = await opened()
        const request = ({ method, params }: { method: string; params?: unknown }) =>
          provider.request({ method, params: params as unknown[] }, `eip155:${chain.id}`)
        return { request: request as EIP1193RequestFn }
      },
      isAuthorized: async () => (await opened()).session !== undefined,
      async switchChain() {
        const provider = await opened()
        const params = [{ chainId: numberToHex(chain.id) }]
        await provider.request({ method: 'wallet_switchEthereumChain', params }, `eip155:${chain.id}`)
        return chain
      },
      onAccountsChanged: () => undefined,
      onChainChanged: () => undefined,
      onDisconnect: () => config.emitter.emit('disconnect'),
    }
  })
}

/** Accounts come as `eip155:1:0x…`. */
function plain(account: string): string {
  return account.split(':').at(-1) ?? ''
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No wallet answered within five minutes.')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
