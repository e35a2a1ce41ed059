import { sha1 } from '@noble/hashes/legacy.js'
import { der } from './derWriter'
import { signP256 } from './signP256'

const ORGANIZATION = 'Subrosa simulator: no hardware protection'
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
/** Bits of a key usage, and how many of the byte's last are unused. */
const DIGITAL_SIGNATURE = { bits: 0xc0, unused: 6 }
const CERTIFICATES_AND_CRLS = { bits: 0x06, unused: 1 }

/** A key pair of the simulated PKI; public key x | y, 64 bytes. */
export interface SimulatedKey {
  name: string
  secret: Uint8Array
  publicKey: Uint8Array
}

/** Everything a certificate of this PKI says. Times in Unix seconds. */
export interface CertificateFields {
  subject: SimulatedKey
  issuer: SimulatedKey
  serial: Uint8Array
  notBefore: number
  notAfter: number
  /** How many authorities may follow; null for a certificate that issues none. */
  pathLength: number | null
  extensions?: Uint8Array[]
}

/** Everything a CRL of this PKI says. Times in Unix seconds. */
export interface CrlFields {
  issuer: SimulatedKey
  thisUpdate: number
  nextUpdate: number
  /** Serial numbers. */
  revoked: Uint8Array[]
}

const signatureAlgorithm = () => der.sequence(der.oid(ECDSA_WITH_SHA256))

function name({ name: commonName }: SimulatedKey): Uint8Array {
  const part = (type: string, text: string) => der.set(der.sequence(der.oid(type), der.utf8(text)))
  return der.sequence(part('2.5.4.3', commonName), part('2.5.4.10', ORGANIZATION))
}

/** RFC 5280 section 4.2.1.2, method 1: SHA-1 of the public key. A name, not a protection. */
function keyId({ publicKey }: SimulatedKey): Uint8Array {
  return sha1(Uint8Array.of(4, ...publicKey))
}

/** One extension of a certificate or CRL. */
export function extension(id: string, value: Uint8Array, isCritical = false): Uint8Array {
  return isCritical
    ? der.sequence(der.oid(id), der.true(), der.octets(value))
    : der.sequence(der.oid(id), der.octets(value))
}

const authorityKeyId = (issuer: SimulatedKey) => extension('2.5.29.35', der.sequence(der.implicit(0, keyId(issuer))))

/** Signs the DER of a certificate's or CRL's first part; the same key and part always give the same bytes. */
export function sign(part: Uint8Array, { secret }: SimulatedKey): Uint8Array {
  const signature = signP256(part, secret)
  const pair = der.sequence(der.integer(signature.subarray(0, 32)), der.integer(signature.subarray(32)))
  return der.sequence(part, signatureAlgorithm(), der.bits(pair))
}

/** DER of a certificate in Intel's profile. */
export function makeCertificate(fields: CertificateFields): Uint8Array {
  const { subject, issuer, serial, notBefore, notAfter, pathLength, extensions = [] } = fields
  const isAuthority = pathLength !== null
  const usage = isAuthority ? CERTIFICATES_AND_CRLS : DIGITAL_SIGNATURE
  const constraints = isAuthority ? der.sequence(der.true(), der.smallInteger(pathLength)) : der.sequence()
  const algorithm = der.sequence(der.oid('1.2.840.10045.2.1'), der.oid('1.2.840.10045.3.1.7'))
  const all = der.sequence(
    authorityKeyId(issuer),
    extension('2.5.29.14', der.octets(keyId(subject))),
    extension('2.5.29.15', der.bits(Uint8Array.of(usage.bits), usage.unused), true),
    extension('2.5.29.19', constraints, true),
    ...extensions,
  )
  const part = der.sequence(
    der.explicit(0, der.smallInteger(2)),
    der.integer(serial),
    signatureAlgorithm(),
    name(issuer),
    der.sequence(der.utcTime(notBefore), der.utcTime(notAfter)),
    name(subject),
    der.sequence(algorithm, der.bits(Uint8Array.of(4, ...subject.publicKey))),
    der.explicit(3, all),
  )
  return sign(part, issuer)
}

/** DER of a version 2 CRL. */
export function makeCrl({ issuer, thisUpdate, nextUpdate, revoked }: CrlFields): Uint8Array {
  const entries = revoked.map((serial) => der.sequence(der.integer(serial), der.utcTime(thisUpdate)))
  const part = der.sequence(
    der.smallInteger(1),
    signatureAlgorithm(),
    name(issuer),
    der.utcTime(thisUpdate),
    der.utcTime(nextUpdate),
    ...(entries.length > 0 ? [der.sequence(...entries)] : []),
    der.explicit(0, der.sequence(extension('2.5.29.20', der.smallInteger(1)), authorityKeyId(issuer))),
  )
  return sign(part, issuer)
}

/** PEM of certificates, in the order given. */
export function toPem(...certificates: Uint8Array[]): string {
  const block = (certificate: Uint8Array) => {
    const lines = btoa(String.fromCharCode(...certificate)).match(/.{1,64}/g) ?? []
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
  }
  return certificates.map(block).join('')
}
