import { SwitchChainError, type EIP1193RequestFn } from 'viem'
import { createConnector } from 'wagmi'
import { hubRequestTo } from '../../lib/chain/transport'
import { SubrosaError } from '../../lib/protocol/errors'
import { mappedAddress } from '../../lib/protocol/polkadot/mappedAddress'
import type { Network } from '../_data/network'
import { enableInjected, isInjected, nameOfInjected } from '../_polkadot/injected'
import { openInjectedWallet } from './openInjectedWallet'
import { readPolkadot, setPolkadot, type PolkadotState } from '../_polkadot/polkadotStore'
import { setActor } from '../_polkadot/actor'
import { polkadotProvider } from './polkadotProvider'
import { polkadotWalletId, type PolkadotWalletId } from './polkadotWalletId'

type Provider = { request: EIP1193RequestFn }

/**
 * One account of a Polkadot wallet as a wagmi connector, where this network's chain is a Polkadot Hub. Its address is the
 * mapped one; the wallet signs the Hub's own transactions.
 */
export function polkadotWallet(id: PolkadotWalletId, network: Network) {
  return createConnector<Provider>((config) => {
    const chain = config.chains[0]
    let opened: Promise<NonNullable<PolkadotState>> | undefined
    let provider: Provider | undefined

    async function open(): Promise<NonNullable<PolkadotState>> {
      const known = readPolkadot()
      if (known?.wallet.id === id.wallet && known.account.address === id.address) return known
      const wallet = await enableInjected(id.wallet)
      const account = wallet.accounts.find(({ address }) => address === id.address)
      if (!account)
        throw new SubrosaError('WRONG_ACCOUNT', { details: 'the wallet does not show this account any more' })
      return { wallet, account }
    }
    const state = () =>
      (opened ??= open().catch((error: unknown) => {
        opened = undefined
        throw error
      }))
    const own = async () => mappedAddress((await state()).account.accountId)

    return {
      id: polkadotWalletId(id),
      name: nameOfInjected(id.wallet),
      type: 'polkadot',
      async connect() {
        const chosen = await state()
        setPolkadot(chosen)
        setActor(chosen)
        // wagmi's return type depends on `withCapabilities`, which is not asked for here.
        return { accounts: [await own()] as never, chainId: chain.id }
      },
      disconnect() {
        setActor(null)
        opened = undefined
        return Promise.resolve()
      },
      getAccounts: async () => [await own()],
      getChainId: () => Promise.resolve(chain.id),
      async getProvider() {
        const address = await own()
        const wallet = async () => openInjectedWallet(network, await state())
        provider ??= polkadotProvider({ chainId: chain.id, address, wallet, read: hubRequestTo(network.rpcUrl) })
        return provider
      },
      // A wallet that is gone is asked nothing; one that is there lets in those whom it let in before, without a word.
      isAuthorized: () => Promise.resolve(isInjected(id.wallet)),
      switchChain({ chainId }) {
        if (chainId === chain.id) return Promise.resolve(chain)
        return Promise.reject(new SwitchChainError(new Error('A Polkadot account acts on this chain alone.')))
      },
      onAccountsChanged: () => undefined,
      onChainChanged: () => undefined,
      onDisconnect: () => config.emitter.emit('disconnect'),
    }
  })
}
