'use client'

import { useSyncExternalStore } from 'react'
import { useNetwork } from '../_data/network'
import { readAnnounced, subscribeToWallets } from './announcedWallets'
import type { AnnouncedWallet } from './discoverWallets'
import { DEMO_CHAIN_ID, DEMO_WALLET, LEGACY_WALLET, WALLET_CONNECT } from './walletIds'

/** A wallet to choose. */
export type WalletChoice = { key: string; id: string; name: string; icon: string | undefined }

const NONE: readonly AnnouncedWallet[] = []
const never = () => () => undefined
const isInjected = () => 'ethereum' in window

/** The wallets one can choose here, in the order to list them. */
export function useWalletChoices(): readonly WalletChoice[] {
  const { chainId, walletConnectProjectId } = useNetwork()
  const announced = useSyncExternalStore(subscribeToWallets, readAnnounced, () => NONE)
  const own = (id: string, name: string): WalletChoice => ({ key: id, id, name, icon: undefined })
  const injected = useSyncExternalStore(never, isInjected, () => false)
  const legacy = announced.length === 0 && injected
  return [
    // As in demo.ts: other builds have none to offer.
    ...(process.env.BUILD_CHAIN_ID === '31337' && chainId === DEMO_CHAIN_ID ? [own(DEMO_WALLET, 'Demo wallet')] : []),
    ...announced.map(({ uuid, id, name, icon }) => ({ key: uuid, id, name, icon })),
    ...(legacy ? [own(LEGACY_WALLET, 'Browser wallet')] : []),
    ...(walletConnectProjectId ? [own(WALLET_CONNECT, 'WalletConnect')] : []),
  ]
}
