import { p256 } from '@noble/curves/nist.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { der } from './derWriter'
import { extension, makeCertificate, toPem, type SimulatedKey } from './certificates'

const KEY_DOMAIN = 'subrosa/v1/simulator/pki/'
const NOT_BEFORE = Date.UTC(2020, 0, 1) / 1000
const NOT_AFTER = Date.UTC(2049, 11, 31) / 1000
const SGX_EXTENSION = '1.2.840.113741.1.13.1'

/** The platform that a simulated PCK certificate is about. */
export interface SimulatedPlatform {
  /** 6 bytes and 2 bytes, hex. */
  fmspc: string
  pceId: string
  /** 16 security versions. */
  sgxComponents: number[]
  pceSvn: number
}

export const SIMULATED_PLATFORM: SimulatedPlatform = {
  fmspc: '53554252a051',
  pceId: '0000',
  sgxComponents: [3, 3, 2, 2, 4, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0],
  pceSvn: 13,
}

export const SIMULATED_NAMES = {
  root: 'Subrosa Simulated SGX Root CA',
  intermediate: 'Subrosa Simulated SGX PCK Platform CA',
  pck: 'Subrosa Simulated SGX PCK Certificate',
  tcbSigning: 'Subrosa Simulated SGX TCB Signing',
  attestation: 'attestation key',
} as const
export type SimulatedRole = keyof typeof SIMULATED_NAMES

/** A certification authority like Intel's, all of it from one secret. */
export interface SimulatedPki {
  keys: Record<SimulatedRole, SimulatedKey>
  /** DER. */
  certificates: Record<Exclude<SimulatedRole, 'attestation'>, Uint8Array>
  platform: SimulatedPlatform
}

function deriveKey(seed: Uint8Array, role: SimulatedRole): SimulatedKey {
  const material = hkdf(sha256, seed, undefined, new TextEncoder().encode(KEY_DOMAIN + role), 48)
  const secret = p256.utils.randomSecretKey(material)
  return { name: SIMULATED_NAMES[role], secret, publicKey: p256.getPublicKey(secret, false).subarray(1) }
}

/** A serial number of 20 bytes that follows from the key. */
export function serialOf({ publicKey }: SimulatedKey): Uint8Array {
  const serial = sha256(publicKey).slice(0, 20)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

/** What Intel writes into a PCK certificate (SGX PCK certificate profile, section 1.3.5). */
function sgxExtension({ fmspc, pceId, sgxComponents, pceSvn }: SimulatedPlatform): Uint8Array {
  const field = (suffix: string, value: Uint8Array) => der.sequence(der.oid(`${SGX_EXTENSION}.${suffix}`), value)
  const components = sgxComponents.map((svn, i) => field(`2.${i + 1}`, der.smallInteger(svn)))
  const value = der.sequence(
    field('1', der.octets(new Uint8Array(16))),
    field(
      '2',
      der.sequence(
        ...components,
        field('2.17', der.smallInteger(pceSvn)),
        field('2.18', der.octets(Uint8Array.from(sgxComponents))),
      ),
    ),
    field('3', der.octets(der.hex(pceId))),
    field('4', der.octets(der.hex(fmspc))),
    field('5', der.enumerated(1)),
  )
  return extension(SGX_EXTENSION, value)
}

/**
 * The simulator's authority: root, intermediate, a platform's certificate and the signer of collateral. The same seed always gives
 * the same certificates, so that a local chain knows its root by them.
 *
 * @param seed 32 secret bytes.
 */
export function makeSimulatedPki(seed: Uint8Array, platform: SimulatedPlatform = SIMULATED_PLATFORM): SimulatedPki {
  const key = (role: SimulatedRole) => deriveKey(seed, role)
  const keys = {
    root: key('root'),
    intermediate: key('intermediate'),
    pck: key('pck'),
    tcbSigning: key('tcbSigning'),
    attestation: key('attestation'),
  }
  const { root, intermediate, pck, tcbSigning } = keys
  const issue = (subject: SimulatedKey, issuer: SimulatedKey, pathLength: number | null, extensions?: Uint8Array[]) =>
    makeCertificate({
      subject,
      issuer,
      serial: serialOf(subject),
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      pathLength,
      extensions,
    })
  const certificates = {
    root: issue(root, root, 1),
    intermediate: issue(intermediate, root, 0),
    pck: issue(pck, intermediate, null, [sgxExtension(platform)]),
    tcbSigning: issue(tcbSigning, root, null),
  }
  return { keys, certificates, platform }
}

/** The root certificate in PEM: what a verifier on a local chain is told to trust. */
export function simulatorRootPem(seed: Uint8Array): string {
  return toPem(makeSimulatedPki(seed).certificates.root)
}
