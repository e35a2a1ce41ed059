import type { Trust } from './judge'

// Each of these names is replaced by its value when the app is built (lib/config/buildTrust.mjs). The comparison is
// decided then too: in a build for another chain, nothing of the simulator's root is left.
const LOCAL = process.env.BUILD_CHAIN_ID === '31337'

/** What this build trusts enclaves by. */
export const BUILD_TRUST: Trust = {
  simulatorRoot: LOCAL ? process.env.BUILD_SIMULATOR_ROOT || undefined : undefined,
  policy: process.env.BUILD_ATTESTATION_POLICY || undefined,
}
