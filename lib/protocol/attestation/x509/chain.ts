import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { verifyP256 } from '../ecdsa'
import { equalBytes } from '../equalBytes'
import { demand } from '../rejection'
import { parseCertificate, type Certificate } from './certificate'
import { decodePemChain } from './pem'

/** Endings of the common names in a chain, leaf first (Intel SGX PCK certificate and CRL profile, section 2.1). */
export const CHAIN_PROFILES = {
  pck: [['SGX PCK Certificate'], ['SGX PCK Platform CA', 'SGX PCK Processor CA'], ['SGX Root CA']],
  crlIssuer: [['SGX PCK Platform CA', 'SGX PCK Processor CA'], ['SGX Root CA']],
  tcbSigning: [['SGX TCB Signing'], ['SGX Root CA']],
} as const
export type ChainProfile = keyof typeof CHAIN_PROFILES

/** A chain whose links hold; whether its root is a trusted one, and the time, are other questions. */
export interface Chain {
  leaf: Certificate
  /** The leaf's issuer. */
  issuer: Certificate
  root: Certificate
  /** Leaf first, root last. */
  certificates: Certificate[]
}

/** @param below How many authorities stand below the issuer, itself not counted (RFC 5280 section 4.2.1.9). */
function checkPathLength({ pathLength, subject }: Certificate, below: number): void {
  demand(pathLength === null || pathLength >= below, `${subject.commonName}: path too long`)
}

async function checkIssued(child: Certificate, issuer: Certificate): Promise<void> {
  const name = child.subject.commonName
  demand(equalBytes(child.issuer.der, issuer.subject.der), `${name}: its issuer is not the next in the chain`)
  demand(child.authorityKeyId !== null && child.authorityKeyId === issuer.subjectKeyId, `${name}: another issuer's key`)
  demand(issuer.isAuthority && issuer.mayCertify, `${issuer.subject.commonName} may not issue certificates`)
  const isSigned = await verifyP256(issuer.publicKey, child.signature, child.tbs)
  demand(isSigned, `${name}: not signed by ${issuer.subject.commonName}`)
}

function checkRoles(certificates: Certificate[], profile: ChainProfile): void {
  const names = CHAIN_PROFILES[profile]
  demand(certificates.length === names.length, `${certificates.length} certificates where ${names.length} belong`)
  certificates.forEach(({ subject: { commonName } }, i) =>
    demand(names[i]?.some((ending) => commonName.endsWith(ending)) === true, `${commonName} is out of place`),
  )
  const leaf = certificates[0]
  if (profile === 'crlIssuer')
    demand(leaf?.isAuthority === true && leaf.maySignCrls, 'the CRL issuer may not sign CRLs')
  else demand(leaf?.isAuthority === false && leaf.maySign, 'the leaf is no signer, or an authority')
}

/**
 * Reads chains of certificates that share some: each certificate is parsed once, and each link checked once.
 */
export class ChainReader {
  private readonly parsed = new Map<string, Certificate>()
  private readonly issuers = new Map<Certificate, Certificate>()

  /**
   * Reads a PEM chain, leaf first, and checks every link: names, key identifiers, roles, path length and signatures; nothing in it
   * may be superfluous.
   * @throws Rejection
   */
  async read(pem: string, profile: ChainProfile, subject: string): Promise<Chain> {
    const certificates = decodePemChain(pem, subject).map((der, i) =>
      this.parse(der, `${subject}, certificate ${i + 1}`),
    )
    checkRoles(certificates, profile)
    const [leaf, issuer] = certificates
    const root = certificates.at(-1)
    demand(leaf !== undefined && issuer !== undefined && root !== undefined, `${subject}: too short`)
    let below = 0
    for (const [i, child] of certificates.entries()) {
      if (child !== root && child.isAuthority) below++
      await this.checkLink(child, certificates[i + 1] ?? root, below)
    }
    return { leaf, issuer, root, certificates }
  }

  private parse(der: Uint8Array, subject: string): Certificate {
    const key = fingerprintOf(der)
    const certificate = this.parsed.get(key) ?? parseCertificate(der, subject)
    this.parsed.set(key, certificate)
    return certificate
  }

  private async checkLink(child: Certificate, issuer: Certificate, below: number): Promise<void> {
    checkPathLength(issuer, below)
    if (this.issuers.get(child) === issuer) return
    await checkIssued(child, issuer)
    this.issuers.set(child, issuer)
  }
}

/** SHA-256 of a certificate's DER, hex. */
export function fingerprintOf(certificate: Uint8Array): string {
  return bytesToHex(sha256(certificate))
}
