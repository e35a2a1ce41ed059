const PREFIX = 'polkadot'

/** One account of one Polkadot wallet, as this browser remembers it: the wallet's own id, and the account in SS58. */
export type PolkadotWalletId = { wallet: string; address: string }

export function polkadotWalletId({ wallet, address }: PolkadotWalletId): string {
  return [PREFIX, encodeURIComponent(wallet), address].join('/')
}

/** @returns null for the id of any other wallet. */
export function parsePolkadotWalletId(id: string): PolkadotWalletId | null {
  const [prefix, wallet, address, ...rest] = id.split('/')
  if (prefix !== PREFIX || !wallet || !address || rest.length > 0) return null
  try {
    return { wallet: decodeURIComponent(wallet), address }
  } catch {
    return null
  }
}
