/**
 * What a build of the web app trusts enclaves by, as constants for its compiler: fixed when it is built, so that no
 * server and no page can change it. A build for the local chain, 31337, lets its server name the simulator's root, so that
 * one does for every local chain; a build for any other knows no simulator.
 *
 * @param {Record<string, string | undefined>} env `SUBROSA_CHAIN_ID` and `SUBROSA_ATTESTATION_POLICY` (JSON, as
 * `subrosa attest verify --policy` takes it).
 * @returns By the name under which app/_attest/buildTrust.ts and app/_wallet/demo.ts read each.
 * @throws Error where `SUBROSA_CHAIN_ID` is no decimal number.
 */
export function trustOfBuild(env) {
  const chainId = env['SUBROSA_CHAIN_ID'] ?? ''
  if (!/^([1-9]\d{0,77})?$/.test(chainId)) throw new Error('SUBROSA_CHAIN_ID must be a decimal number')
  return { BUILD_CHAIN_ID: chainId, BUILD_ATTESTATION_POLICY: env['SUBROSA_ATTESTATION_POLICY'] ?? '' }
}
