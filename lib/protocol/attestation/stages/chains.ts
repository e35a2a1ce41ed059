import { sha256 } from '@noble/hashes/sha2.js'
import type { Checklist } from '../checklist'
import { verifyP256 } from '../ecdsa'
import { equalBytes } from '../equalBytes'
import type { Quote } from '../quote/parseQuote'
import { demand } from '../rejection'
import type { Collateral } from '../tcb/collateral'
import type { TrustedRoot } from '../trustedRoot'
import { ChainReader, fingerprintOf, type Chain } from '../x509/chain'
import { readPlatformTcb, type PlatformTcb } from '../x509/pckExtension'

/** The certificates that evidence relies on; each undefined where its chain does not hold. */
export interface Certified {
  pck: Chain | undefined
  crlIssuer: Chain | undefined
  tcbInfo: Chain | undefined
  qeIdentity: Chain | undefined
  platform: PlatformTcb | undefined
}

const namesOf = ({ certificates }: Chain) => certificates.map(({ subject }) => subject.commonName).join(' < ')

const hasPassed = (chain: Chain | undefined): chain is Chain => chain !== undefined

function demandRoot(chains: Chain[], { name, fingerprint }: TrustedRoot): void {
  for (const chain of chains) {
    const found = fingerprintOf(chain.root.der)
    demand(found === fingerprint, `${namesOf(chain)} ends in ${found}, not in the ${name} root`)
  }
}

function demandValid(chains: Chain[], at: number): number {
  const certificates = chains.flatMap((chain) => chain.certificates)
  for (const { subject, notBefore, notAfter } of certificates) {
    demand(at >= notBefore, `${subject.commonName} is valid only from ${notBefore}`)
    demand(at <= notAfter, `${subject.commonName} was valid until ${notAfter}`)
  }
  return Math.min(...certificates.map(({ notAfter }) => notAfter))
}

async function readPckChain(reader: ChainReader, quote: Quote, repeated: string | null | undefined): Promise<Chain> {
  const chain = await reader.read(quote.auth.pckChain, 'pck', 'PCK chain')
  if (repeated !== null && repeated !== undefined) {
    const { leaf } = await reader.read(repeated, 'pck', 'pck_certificate_chain')
    demand(equalBytes(leaf.der, chain.leaf.der), "the collateral's PCK certificate is not the quote's")
  }
  return chain
}

/** All certificate chains, to the trusted root, at a time in Unix seconds (PROTOCOL.md section 10). */
export async function checkChains(
  list: Checklist,
  { quote, collateral, root, at }: { quote: Quote; collateral: Collateral; root: TrustedRoot; at: number },
): Promise<Certified> {
  const { tcb_info_issuer_chain: tcbPem, qe_identity_issuer_chain: qePem, pck_crl_issuer_chain: crlPem } = collateral
  const reader = new ChainReader()
  const pck = await list.run('pck-chain', () => readPckChain(reader, quote, collateral.pck_certificate_chain), namesOf)
  const crlIssuer = await list.run('crl-issuer-chain', () => reader.read(crlPem, 'crlIssuer', 'CRL issuer'), namesOf)
  const tcbInfo = await list.run('tcb-info-chain', () => reader.read(tcbPem, 'tcbSigning', 'TCB info signer'), namesOf)
  const qeIdentity = await list.run(
    'qe-identity-chain',
    () => reader.read(qePem, 'tcbSigning', 'QE identity signer'),
    namesOf,
  )
  const chains = [pck, crlIssuer, tcbInfo, qeIdentity].filter(hasPassed)
  if (chains.length === 4) {
    await list.run(
      'trusted-root',
      () => demandRoot(chains, root),
      () => `${root.name} root ${root.fingerprint}`,
    )
    const until = await list.run(
      'certificate-validity',
      () => demandValid(chains, at),
      (end) => `all valid until ${end}`,
    )
    if (until !== undefined) list.endsAt(until)
  }
  const describe = ({ fmspc, pceSvn }: PlatformTcb) => `FMSPC ${fmspc}, PCE SVN ${pceSvn}`
  const platform = pck && (await list.run('pck-extension', () => readPlatformTcb(pck.leaf), describe))
  return { pck, crlIssuer, tcbInfo, qeIdentity, platform }
}

/** From the PCK over the quoting enclave and its attestation key to the quote. */
export async function checkSignatures(list: Checklist, { auth, signed }: Quote, pck: Chain): Promise<void> {
  const { leaf } = pck
  await list.run(
    'qe-report-signature',
    async () => {
      const isSigned = await verifyP256(leaf.publicKey, auth.qeReportSignature, auth.qeReportBytes)
      demand(isSigned, `${leaf.subject.commonName} did not sign the QE report`)
    },
    () => `signed by ${leaf.subject.commonName} ${leaf.serial}`,
  )
  await list.run(
    'attestation-key',
    () => {
      const bound = new Uint8Array(64)
      bound.set(sha256(Uint8Array.of(...auth.attestationKey, ...auth.qeAuthData)))
      demand(equalBytes(auth.qeReport.reportData, bound), 'the QE report is about another key')
    },
    () => 'the QE report holds its hash',
  )
  await list.run(
    'quote-signature',
    async () => {
      const isSigned = await verifyP256(auth.attestationKey, auth.quoteSignature, signed)
      demand(isSigned, 'the signature is not over this header and body')
    },
    () => `over ${signed.length} bytes`,
  )
}
