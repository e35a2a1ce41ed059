import { demand } from './rejection'
import { INTEL_ROOT, type TrustedRoot } from './trustedRoot'
import { fingerprintOf } from './x509/chain'
import { decodePemChain } from './x509/pem'

const LOCAL_CHAIN_ID = 31337

/** The simulator's root, told by its certificate. @throws Rejection unless `pem` is one certificate. */
export function simulatorRoot(pem: string): TrustedRoot {
  const [certificate, more] = decodePemChain(pem, 'simulator root')
  demand(certificate !== undefined && more === undefined, 'the simulator root is not one certificate')
  return { name: 'simulator', fingerprint: fingerprintOf(certificate) }
}

/**
 * The root to trust on a chain (PROTOCOL.md section 10): Intel's, or on the local chain that of its simulator. A simulator's root that
 * is given for any other chain is an error of the build, and stops it.
 *
 * @param simulatorPem The certificate that a local stack publishes; undefined where there is none.
 * @throws Error where a simulator's root is given for another chain.
 */
export function trustedRootOf(chainId: bigint | number, simulatorPem: string | undefined): TrustedRoot {
  if (simulatorPem === undefined) return INTEL_ROOT
  if (BigInt(chainId) !== BigInt(LOCAL_CHAIN_ID)) throw new Error(`chain ${chainId} may not trust a simulator`)
  return simulatorRoot(simulatorPem)
}
