import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate as CertificateSchema,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectKeyIdentifier,
  Version,
  type Extension,
  type SubjectPublicKeyInfo,
} from '@peculiar/asn1-x509'
import { bytesToHex } from '@noble/hashes/utils.js'
import { demand } from '../rejection'
import { decodeEcdsaSignature } from './ecdsaSignature'
import { demandEcdsaSha256, indexExtensions, parseCanonical, parseSigned, readName } from './signed'

const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
/** DER of the object identifier of P-256. */
const PRIME256V1 = '06082a8648ce3d030107'

/** What the verifier needs of a certificate (RFC 5280 section 4.1); P-256 and ECDSA with SHA-256 only. */
export interface Certificate {
  der: Uint8Array
  /** The signed part. */
  tbs: Uint8Array
  /** r | s. */
  signature: Uint8Array
  /** x | y. */
  publicKey: Uint8Array
  /** Hex, as encoded. */
  serial: string
  issuer: { der: Uint8Array; commonName: string }
  subject: { der: Uint8Array; commonName: string }
  /** Unix seconds. */
  notBefore: number
  notAfter: number
  isAuthority: boolean
  pathLength: number | null
  mayCertify: boolean
  maySignCrls: boolean
  maySign: boolean
  authorityKeyId: string | null
  subjectKeyId: string | null
  extensions: Map<string, Extension>
}

function readPublicKey({ algorithm, subjectPublicKey }: SubjectPublicKeyInfo, subject: string): Uint8Array {
  const curve = algorithm.parameters && bytesToHex(new Uint8Array(algorithm.parameters))
  demand(algorithm.algorithm === EC_PUBLIC_KEY && curve === PRIME256V1, `${subject}: its key is not on P-256`)
  const point = new Uint8Array(subjectPublicKey)
  demand(point.length === 65 && point[0] === 4, `${subject}: its key is not an uncompressed point`)
  return point.subarray(1)
}

function readUsage(extensions: Map<string, Extension>, subject: string) {
  const read = <T>(id: string, type: new () => T) => {
    const extension = extensions.get(id)
    const value = extension && new Uint8Array(extension.extnValue.buffer)
    return value && parseCanonical(value, type, `${subject}, extension ${id}`).value
  }
  const constraints = read(id_ce_basicConstraints, BasicConstraints)
  const usage = read(id_ce_keyUsage, KeyUsage)
  demand(constraints !== undefined && usage !== undefined, `${subject}: no basic constraints or key usage`)
  demand(
    extensions.get(id_ce_basicConstraints)?.critical === true && extensions.get(id_ce_keyUsage)?.critical === true,
    `${subject}: basic constraints and key usage must be critical`,
  )
  const flags = usage.toNumber()
  const has = (flag: number) => (flags & flag) !== 0
  const authority = read(id_ce_authorityKeyIdentifier, AuthorityKeyIdentifier)?.keyIdentifier
  const own = read(id_ce_subjectKeyIdentifier, SubjectKeyIdentifier)
  return {
    isAuthority: constraints.cA,
    pathLength: constraints.pathLenConstraint ?? null,
    mayCertify: has(KeyUsageFlags.keyCertSign),
    maySignCrls: has(KeyUsageFlags.cRLSign),
    maySign: has(KeyUsageFlags.digitalSignature),
    authorityKeyId: authority ? bytesToHex(new Uint8Array(authority.buffer)) : null,
    subjectKeyId: own ? bytesToHex(new Uint8Array(own.buffer)) : null,
  }
}

/**
 * Parses one certificate.
 * @throws Rejection unless it is canonical DER of an X.509 v3 certificate with a P-256 key.
 */
export function parseCertificate(der: Uint8Array, subject: string): Certificate {
  const { value, signed } = parseSigned(der, CertificateSchema, subject)
  const { tbsCertificate: tbs, signatureAlgorithm, signatureValue } = value
  demand(tbs.version === Version.v3, `${subject}: not an X.509 v3 certificate`)
  demandEcdsaSha256(tbs.signature, signatureAlgorithm, subject)
  const extensions = indexExtensions(tbs.extensions ?? [], [id_ce_basicConstraints, id_ce_keyUsage], subject)
  return {
    der,
    tbs: signed,
    signature: decodeEcdsaSignature(new Uint8Array(signatureValue)),
    publicKey: readPublicKey(tbs.subjectPublicKeyInfo, subject),
    serial: bytesToHex(new Uint8Array(tbs.serialNumber)),
    issuer: readName(tbs.issuer, subject),
    subject: readName(tbs.subject, subject),
    notBefore: tbs.validity.notBefore.getTime().getTime() / 1000,
    notAfter: tbs.validity.notAfter.getTime().getTime() / 1000,
    ...readUsage(extensions, subject),
    extensions,
  }
}
