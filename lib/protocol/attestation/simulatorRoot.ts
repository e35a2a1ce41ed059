import { demand } from './rejection'
import type { TrustedRoot } from './trustedRoot'
import { fingerprintOf } from './x509/chain'
import { decodePemChain } from './x509/pem'

const LOCAL_CHAIN_ID = 31337n
const FINGERPRINT = /^[0-9a-f]{64}$/

/** The simulator's root, told by its certificate. @throws Rejection unless `pem` is one certificate. */
export function simulatorRoot(pem: string): TrustedRoot {
  const [certificate, more] = decodePemChain(pem, 'simulator root')
  demand(certificate !== undefined && more === undefined, 'the simulator root is not one certificate')
  return { name: 'simulator', fingerprint: fingerprintOf(certificate) }
}

/**
 * The root that a verifier trusts beside Intel's: on the local chain its simulator's, on any other none. Simulators are known
 * only to local chains (PROTOCOL.md section 10). What somebody names as one for another chain is not looked at.
 *
 * @param chainId The chain that the verifier was made for, by nobody's word of today; undefined where it was made for any.
 * @param fingerprint What it was told of the simulator's certificate: SHA-256 of the DER, lower-case hex; undefined where nothing.
 * @throws Error on the local chain where `fingerprint` has another form.
 */
export function simulatorRootOn(chainId: bigint | undefined, fingerprint: string | undefined): TrustedRoot | undefined {
  if (chainId !== LOCAL_CHAIN_ID || fingerprint === undefined) return undefined
  if (!FINGERPRINT.test(fingerprint)) throw new Error('the simulator’s root is told by 64 hex digits in lower case')
  return { name: 'simulator', fingerprint }
}
