import type { Address } from 'viem'
import type { Network } from '../_data/network'
import { discoverWallets, type AnnouncedWallet } from './discoverWallets'
import type { WalletEngine } from './engine'
import { readRememberedWallet, rememberWallet } from './rememberedWallet'
import { DEMO_CHAIN_ID, DEMO_WALLET, LEGACY_WALLET, WALLET_CONNECT } from './walletIds'

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

/** A wallet to choose. */
export type WalletChoice = { key: string; id: string; name: string; icon: string | undefined }

/** How long a remembered wallet's extension may take to announce itself. */
const ANNOUNCE_MS = 1_500

/**
 * The connection to a wallet, for every page. Small: what speaks to wallets and chain is loaded once someone has a
 * wallet here, or chooses one. Someone who only looks never loads it.
 */
export class WalletSession {
  #state = NO_WALLET
  #announced: readonly AnnouncedWallet[] = []
  #choices: readonly WalletChoice[] = []
  #engine: Promise<WalletEngine> | undefined
  #started = false
  readonly #listeners = new Set<() => void>()

  constructor(readonly network: Network) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly read = (): WalletState => this.#state
  readonly readChoices = (): readonly WalletChoice[] => this.#choices

  /** Finds the browser's wallets, and takes up the one that was connected when the last page closed. Once a page. */
  start(): void {
    if (this.#started) return
    this.#started = true
    this.#choices = this.#list()
    discoverWallets((wallet) => {
      this.#announced = [...this.#announced, wallet]
      this.#choices = this.#list()
      this.#tell()
    })
    const remembered = readRememberedWallet()
    if (remembered?.connected) void this.#restore(remembered.id)
    this.#tell()
  }

  /** Loads what speaks to wallets and chain. @throws where the server does not hand it out; a later call tries again. */
  engine(): Promise<WalletEngine> {
    this.#engine ??= import('./engine')
      .then(({ openEngine }) => openEngine(this.network, (state) => this.#set(state)))
      .catch((error: unknown) => {
        this.#engine = undefined
        throw error
      })
    return this.#engine
  }

  /** Asks a wallet to connect. @throws what the wallet answers; then nothing has changed. */
  async connect(key: string, onPairing?: (uri: string) => void): Promise<void> {
    const engine = await this.engine()
    const announced = this.#announced.find(({ uuid }) => uuid === key)
    await engine.connect(announced ?? key, onPairing)
    rememberWallet({ id: announced?.id ?? key, connected: true })
  }

  async disconnect(): Promise<void> {
    const { wallet } = this.#state
    if (wallet) rememberWallet({ id: wallet.id, connected: false })
    await (await this.engine()).disconnect()
  }

  async #restore(id: string): Promise<void> {
    this.#set({ ...NO_WALLET, status: 'restoring' })
    try {
      const announced = await this.#waitFor(id)
      const own = [DEMO_WALLET, LEGACY_WALLET, WALLET_CONNECT].includes(id)
      const restored = (announced || own) && (await (await this.engine()).restore(announced ?? id))
      if (!restored) this.#set(NO_WALLET)
    } catch {
      this.#set(NO_WALLET)
    }
  }

  async #waitFor(id: string): Promise<AnnouncedWallet | undefined> {
    const find = () => this.#announced.find((wallet) => wallet.id === id)
    if ([DEMO_WALLET, LEGACY_WALLET, WALLET_CONNECT].includes(id)) return undefined
    for (const deadline = performance.now() + ANNOUNCE_MS; !find() && performance.now() < deadline;) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return find()
  }

  #list(): WalletChoice[] {
    const own = (id: string, name: string): WalletChoice => ({ key: id, id, name, icon: undefined })
    const found = this.#announced.map(({ uuid, id, name, icon }) => ({ key: uuid, id, name, icon }))
    return [
      ...(this.network.chainId === DEMO_CHAIN_ID ? [own(DEMO_WALLET, 'Demo wallet')] : []),
      ...found,
      ...(found.length === 0 && 'ethereum' in window ? [own(LEGACY_WALLET, 'Browser wallet')] : []),
      ...(this.network.walletConnectProjectId ? [own(WALLET_CONNECT, 'WalletConnect')] : []),
    ]
  }

  #set(state: WalletState): void {
    this.#state = state
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
