/** The only chain on which a simulated enclave may be trusted. */
const LOCAL_CHAIN_ID = '31337'

/**
 * What a build of the web app trusts enclaves by, as constants for its compiler: fixed when it is built, so that no
 * server and no page can change it. The simulator's root certificate gets into a build for the local chain alone.
 *
 * @param {Record<string, string | undefined>} env `SUBROSA_CHAIN_ID`, `SUBROSA_SIMULATOR_ROOT` (PEM) and
 * `SUBROSA_ATTESTATION_POLICY` (JSON, as `subrosa attest verify --policy` takes it).
 * @returns {Record<string, string>} By the name under which app/_attest/buildTrust.ts reads each.
 */
export function trustOfBuild(env) {
  const chainId = env['SUBROSA_CHAIN_ID'] ?? ''
  return {
    BUILD_CHAIN_ID: chainId,
    BUILD_SIMULATOR_ROOT: chainId === LOCAL_CHAIN_ID ? (env['SUBROSA_SIMULATOR_ROOT'] ?? '') : '',
    BUILD_ATTESTATION_POLICY: env['SUBROSA_ATTESTATION_POLICY'] ?? '',
  }
}
