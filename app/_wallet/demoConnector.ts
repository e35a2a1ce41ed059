import { type Address, SwitchChainError, type EIP1193RequestFn } from 'viem'
import { createConnector } from 'wagmi'
import { DEMO_ACCOUNT_COUNT, demoAccount } from './demoAccounts'
import { demoProvider } from './demoProvider'
import { DEMO_WALLET } from './walletIds'

const CONNECTED_KEY = 'demoWallet.account'

type Storage = { [CONNECTED_KEY]: number }
type Provider = { request: EIP1193RequestFn }
export type DemoExtras = { position(): number; play(position: number): Promise<void> }

/** The demo wallet as a wagmi connector: ten funded people of the local chain, no password, no prompt. */
export function demoWallet() {
  return createConnector<Provider, DemoExtras, Storage>((config) => {
    let position = 0
    const chain = config.chains[0]
    const provider = demoProvider(chain, () => demoAccount(position))
    const accounts = (): readonly Address[] => [demoAccount(position).address]

    return {
      id: DEMO_WALLET,
      name: 'Demo wallet',
      type: 'demo',
      position: () => position,
      /** Becomes another of the ten. */
      async play(next) {
        const account = demoAccount(next)
        position = next
        await config.storage?.setItem(CONNECTED_KEY, next)
        config.emitter.emit('change', { accounts: [account.address] })
      },
      async connect() {
        const stored = Number((await config.storage?.getItem(CONNECTED_KEY)) ?? 0)
        position = Number.isInteger(stored) && stored >= 0 && stored < DEMO_ACCOUNT_COUNT ? stored : 0
        await config.storage?.setItem(CONNECTED_KEY, position)
        // wagmi's return type depends on `withCapabilities`, which this wallet does not have.
        return { accounts: accounts() as never, chainId: chain.id }
      },
      async disconnect() {
        await config.storage?.removeItem(CONNECTED_KEY)
      },
      getAccounts: () => Promise.resolve(accounts()),
      getChainId: () => Promise.resolve(chain.id),
      getProvider: () => Promise.resolve(provider),
      isAuthorized: async () => typeof (await config.storage?.getItem(CONNECTED_KEY)) === 'number',
      switchChain({ chainId }) {
        if (chainId === chain.id) return Promise.resolve(chain)
        return Promise.reject(new SwitchChainError(new Error('The demo wallet lives on the local chain only.')))
      },
      onAccountsChanged: () => undefined,
      onChainChanged: () => undefined,
      onDisconnect: () => config.emitter.emit('disconnect'),
    }
  })
}
