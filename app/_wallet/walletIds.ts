/** Ids of the wallets that no browser extension announces. */
export const DEMO_WALLET = 'subrosa.demo'
export const WALLET_CONNECT = 'walletConnect'
/** A wallet that only sets `window.ethereum`, as was usual before EIP-6963. */
export const LEGACY_WALLET = 'injected'

/** The only chain on which the demo wallet exists. */
export const DEMO_CHAIN_ID = 31337
