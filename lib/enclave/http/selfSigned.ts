import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { der } from '../simulator/derWriter'

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
const COMMON_NAME = '2.5.4.3'
const NOT_BEFORE = Date.UTC(2020, 0, 1) / 1_000
const NOT_AFTER = Date.UTC(2049, 11, 31) / 1_000

/** A key and a certificate of its own for TLS, both in PEM. */
export type TlsIdentity = { key: string; certificate: string }

/** A fresh P-256 key with a self-signed certificate: for who is known by that, and by no authority's word. */
export function makeSelfSigned(commonName: string): TlsIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = der.sequence(der.oid(ECDSA_WITH_SHA256))
  const name = der.sequence(der.set(der.sequence(der.oid(COMMON_NAME), der.utf8(commonName))))
  const part = der.sequence(
    der.integer(randomBytes(16)),
    algorithm,
    name,
    der.sequence(der.utcTime(NOT_BEFORE), der.utcTime(NOT_AFTER)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const certificate = der.sequence(part, algorithm, der.bits(sign('sha256', part, privateKey)))
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  }
}
