import type { Trust } from './judge'

/** What this build trusts enclaves by. Each of these names is replaced by its value when the app is built (lib/config/buildTrust.mjs). */
export const BUILD_TRUST: Trust = {
  chainId: process.env.BUILD_CHAIN_ID ? BigInt(process.env.BUILD_CHAIN_ID) : undefined,
  policy: process.env.BUILD_ATTESTATION_POLICY || undefined,
}
