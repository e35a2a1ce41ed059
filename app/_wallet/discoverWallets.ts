import type { EIP1193Provider } from 'viem'

/** A wallet that announced itself. `id` is its reverse domain name (EIP-6963). */
export type AnnouncedWallet = {
  uuid: string
  id: string
  name: string
  icon: string | undefined
  provider: EIP1193Provider
}

const LONGEST_NAME = 40
/** What the content security policy would show, and nothing that another host would learn of. */
const ICON = /^data:image\/(svg\+xml|png|jpeg|gif|webp)[;,]/

/**
 * Listens for the wallets of this browser (EIP-6963) and asks them to say that they are there.
 * @param onWallet Told of each wallet once, whenever it appears.
 * @returns stops listening.
 */
export function discoverWallets(onWallet: (wallet: AnnouncedWallet) => void): () => void {
  const seen = new Set<string>()
  const listen = (event: Event) => {
    const wallet = readAnnouncement((event as CustomEvent<unknown>).detail)
    if (!wallet || seen.has(wallet.uuid)) return
    seen.add(wallet.uuid)
    onWallet(wallet)
  }
  window.addEventListener('eip6963:announceProvider', listen)
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  return () => window.removeEventListener('eip6963:announceProvider', listen)
}

/** Any extension may announce anything: what is not a wallet is passed over, and a name is cut to what fits. */
export function readAnnouncement(detail: unknown): AnnouncedWallet | null {
  if (!isRecord(detail) || !isRecord(detail['info']) || !isRecord(detail['provider'])) return null
  const { uuid, name, icon, rdns } = detail['info']
  if (typeof uuid !== 'string' || typeof name !== 'string' || typeof rdns !== 'string') return null
  if (name.trim() === '' || typeof detail['provider']['request'] !== 'function') return null
  return {
    uuid,
    id: rdns,
    name: name.trim().slice(0, LONGEST_NAME),
    icon: typeof icon === 'string' && ICON.test(icon) ? icon : undefined,
    provider: detail['provider'] as EIP1193Provider,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
