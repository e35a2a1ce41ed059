import { useSyncExternalStore } from 'react'
import type { PolkadotAccount, PolkadotWallet } from './injected'

/** The Polkadot wallet that this page was let into, and the account chosen there. Forgotten when the page closes. */
export type PolkadotState = { wallet: PolkadotWallet; account: PolkadotAccount } | null

let state: PolkadotState = null
const listeners = new Set<() => void>()

export function setPolkadot(next: PolkadotState): void {
  state = next
  for (const listener of listeners) listener()
}

/** As `usePolkadot`, for what is no component. */
export const readPolkadot = (): PolkadotState => state

/** Acts as another of the wallet's accounts. */
export function choosePolkadotAccount(address: string): void {
  const account = state?.wallet.accounts.find((each) => each.address === address)
  if (state && account) setPolkadot({ wallet: state.wallet, account })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePolkadot(): PolkadotState {
  return useSyncExternalStore(
    subscribe,
    () => state,
    () => null,
  )
}
