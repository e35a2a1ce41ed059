import { AsnConvert } from '@peculiar/asn1-schema'
import { AuthorityKeyIdentifier, CertificateList, id_ce_authorityKeyIdentifier, Version } from '@peculiar/asn1-x509'
import { bytesToHex } from '@noble/hashes/utils.js'
import { verifyP256 } from '../ecdsa'
import { equalBytes } from '../equalBytes'
import { demand } from '../rejection'
import type { Certificate } from './certificate'
import { decodeEcdsaSignature } from './ecdsaSignature'
import { demandEcdsaSha256, indexExtensions, parseCanonical, parseSigned } from './signed'

/** A certificate revocation list (RFC 5280 section 5) whose issuer signed it. */
export interface Crl {
  /** Unix seconds. */
  thisUpdate: number
  nextUpdate: number
  /** Serial numbers in hex, as encoded. */
  revoked: Set<string>
}

/**
 * Parses a CRL and checks that `issuer` signed it. No critical extension is known here, so that delta and indirect CRLs, which
 * do not list everything, are refused.
 * @throws Rejection
 */
export async function authenticateCrl(der: Uint8Array, issuer: Certificate, subject: string): Promise<Crl> {
  demand(der.length > 0, `${subject}: empty`)
  const { value, signed } = parseSigned(der, CertificateList, subject)
  const { tbsCertList: tbs, signatureAlgorithm, signature } = value
  demand(tbs.version === Version.v2, `${subject}: not a version 2 CRL`)
  demandEcdsaSha256(tbs.signature, signatureAlgorithm, subject)
  const isNamed = equalBytes(new Uint8Array(AsnConvert.serialize(tbs.issuer)), issuer.subject.der)
  demand(isNamed, `${subject}: not issued by ${issuer.subject.commonName}`)
  demand(issuer.maySignCrls, `${subject}: ${issuer.subject.commonName} may not sign CRLs`)
  demandIssuerKey(tbs.crlExtensions ?? [], issuer, subject)
  for (const entry of tbs.revokedCertificates ?? []) indexExtensions(entry.crlEntryExtensions ?? [], [], subject)
  const isSigned = await verifyP256(issuer.publicKey, decodeEcdsaSignature(new Uint8Array(signature)), signed)
  demand(isSigned, `${subject}: not signed by ${issuer.subject.commonName}`)
  demand(tbs.nextUpdate !== undefined, `${subject}: it does not say when the next one is due`)
  return {
    thisUpdate: tbs.thisUpdate.getTime().getTime() / 1000,
    nextUpdate: tbs.nextUpdate.getTime().getTime() / 1000,
    revoked: new Set(tbs.revokedCertificates?.map((entry) => bytesToHex(new Uint8Array(entry.userCertificate)))),
  }
}

function demandIssuerKey(
  extensions: Parameters<typeof indexExtensions>[0],
  issuer: Certificate,
  subject: string,
): void {
  const authority = indexExtensions(extensions, [], subject).get(id_ce_authorityKeyIdentifier)
  demand(authority !== undefined, `${subject}: it does not name its issuer's key`)
  const value = new Uint8Array(authority.extnValue.buffer)
  const { keyIdentifier } = parseCanonical(value, AuthorityKeyIdentifier, subject).value
  const isIssuer = keyIdentifier && bytesToHex(new Uint8Array(keyIdentifier.buffer)) === issuer.subjectKeyId
  demand(isIssuer === true, `${subject}: it names another issuer's key`)
}
