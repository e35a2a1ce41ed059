import { readAnnounced, subscribeToWallets } from './announcedWallets'
import type { AnnouncedWallet } from './discoverWallets'
import { parsePolkadotWalletId } from './polkadotWalletId'
import { rememberWallet } from './rememberedWallet'
import { NO_WALLET, type WalletSession } from './session'
import { DEMO_WALLET, LEGACY_WALLET, WALLET_CONNECT } from './walletIds'

/** How long a remembered wallet's extension may take to announce itself. */
const ANNOUNCE_MS = 1_500

/**
 * Asks a wallet to connect.
 * @param key What the choice carries: an announcement's uuid, or the id of a wallet that nobody announces.
 * @throws what the wallet answers; then nothing has changed.
 */
export async function connectWallet(
  session: WalletSession,
  key: string,
  onPairing?: (uri: string) => void,
): Promise<void> {
  const engine = await session.engine()
  const announced = readAnnounced().find(({ uuid }) => uuid === key)
  await engine.connect(announced ?? key, onPairing)
  rememberWallet({ id: announced?.id ?? key, connected: true })
}

/** Leaves the wallet: it stays the one used last, and is not taken up again by itself. */
export async function disconnectWallet(session: WalletSession): Promise<void> {
  const { wallet } = session.read()
  if (wallet) rememberWallet({ id: wallet.id, connected: false })
  await (await session.engine()).disconnect()
}

/** Takes up a remembered wallet that still grants it, without asking anyone. */
export async function restoreWallet(session: WalletSession, id: string): Promise<void> {
  const own = [DEMO_WALLET, LEGACY_WALLET, WALLET_CONNECT].includes(id) || parsePolkadotWalletId(id) !== null
  const wallet = own ? id : await announcedAs(id)
  const restored = wallet !== undefined && (await (await session.engine()).restore(wallet))
  if (!restored) session.set(NO_WALLET)
}

async function announcedAs(id: string): Promise<AnnouncedWallet | undefined> {
  const find = () => readAnnounced().find((wallet) => wallet.id === id)
  const stop = subscribeToWallets(() => undefined)
  for (const deadline = performance.now() + ANNOUNCE_MS; !find() && performance.now() < deadline;) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  stop()
  return find()
}
