import type { Address } from 'viem'
import type { Network } from '../_data/network'
import type { WalletEngine } from './engine'
import { readRememberedWallet } from './rememberedWallet'

/** The wallet as pages see it. `chainId` is where the wallet is, which need not be where Subrosa is. */
export type WalletState = {
  status: 'none' | 'restoring' | 'connected'
  address: Address | undefined
  /** All that the wallet lets this page see; `address` is one of them. */
  addresses: readonly Address[]
  chainId: number | undefined
  wallet: { id: string; name: string } | undefined
  /** Which of the demo wallet's people it is. */
  person: string | undefined
}

export const NO_WALLET: WalletState = {
  status: 'none',
  address: undefined,
  addresses: [],
  chainId: undefined,
  wallet: undefined,
  person: undefined,
}

/**
 * The connection to a wallet, for every page. Small: what finds wallets and speaks to them is loaded once someone has a
 * wallet here, or looks for one. Someone who only looks at lots never loads it.
 */
export class WalletSession {
  #state = NO_WALLET
  #engine: Promise<WalletEngine> | undefined
  #started = false
  readonly #listeners = new Set<() => void>()

  constructor(readonly network: Network) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly read = (): WalletState => this.#state

  readonly set = (state: WalletState): void => {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  /** Takes up the wallet that was connected when the last page closed. Once a page. */
  start(): void {
    if (this.#started) return
    this.#started = true
    const remembered = readRememberedWallet()
    if (!remembered?.connected) return
    this.set({ ...NO_WALLET, status: 'restoring' })
    import('./connectWallet')
      .then(({ restoreWallet }) => restoreWallet(this, remembered.id))
      .catch(() => this.set(NO_WALLET))
  }

  /** Loads what speaks to wallets and chain. @throws where the server does not hand it out; a later call tries again. */
  engine(): Promise<WalletEngine> {
    this.#engine ??= import('./engine')
      .then(({ openEngine }) => openEngine(this.network, this.set))
      .catch((error: unknown) => {
        this.#engine = undefined
        throw error
      })
    return this.#engine
  }
}
