'use client'

import { createContext, useContext, useSyncExternalStore } from 'react'
import { NO_WALLET, type WalletSession, type WalletState } from './session'

export const WalletContext = createContext<WalletSession | null>(null)

/** @throws Error outside of `Providers`. */
export function useWalletSession(): WalletSession {
  const session = useContext(WalletContext)
  if (!session) throw new Error('useWalletSession needs Providers above it')
  return session
}

/** Which account is connected, if any. Before the page has looked, as on the server: none. */
export function useWallet(): WalletState {
  const session = useWalletSession()
  return useSyncExternalStore(session.subscribe, session.read, () => NO_WALLET)
}
