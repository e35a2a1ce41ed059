import { discoverWallets, type AnnouncedWallet } from './discoverWallets'

let announced: readonly AnnouncedWallet[] = []
let listening = false
const listeners = new Set<() => void>()

/** Tells of every wallet that this browser announces, from the first subscription on. */
export function subscribeToWallets(listener: () => void): () => void {
  listeners.add(listener)
  if (!listening) {
    listening = true
    discoverWallets((wallet) => {
      announced = [...announced, wallet]
      for (const each of listeners) each()
    })
  }
  return () => listeners.delete(listener)
}

/** The wallets that have announced themselves so far: the same list until another does. */
export function readAnnounced(): readonly AnnouncedWallet[] {
  return announced
}
