import { bytesToHex } from '@noble/hashes/utils.js'
import {
  makeCertificate,
  makeCrl,
  sign,
  toPem,
  type CertificateFields,
} from '../../../../lib/enclave/simulator/certificates'
import { makeCollateral, qeIdentityAt, signText, tcbInfoAt } from '../../../../lib/enclave/simulator/collateral'
import { makeSimulatedPki, serialOf, type SimulatedRole } from '../../../../lib/enclave/simulator/pki'
import { makeQuote, tdBody, type TdBody } from '../../../../lib/enclave/simulator/quote'
import { parsePolicy } from '../../../../lib/protocol/attestation/policy'
import type { Collateral } from '../../../../lib/protocol/attestation/tcb/collateral'
import type { TrustedRoot } from '../../../../lib/protocol/attestation/trustedRoot'
import type { Verdict } from '../../../../lib/protocol/attestation/verdict'
import { verifyEvidence, type EvidenceRequest } from '../../../../lib/protocol/attestation/verifyEvidence'
import { fingerprintOf } from '../../../../lib/protocol/attestation/x509/chain'

/** A platform under its own root, which signs whatever a test wants it to: what only a signed lie can show. */
export const AT = 1_800_000_000
const SEED = new Uint8Array(32).fill(9)
export const pki = makeSimulatedPki(SEED)
export const ROOT: TrustedRoot = { name: 'simulator', fingerprint: fingerprintOf(pki.certificates.root) }
const collateral = makeCollateral(pki, AT)

const zeros = (length: number) => new Uint8Array(length)
export const body = (change: Partial<TdBody> = {}): TdBody => ({
  ...tdBody({
    mrTd: zeros(48).fill(1),
    rtmr0: zeros(48).fill(2),
    rtmr1: zeros(48).fill(3),
    rtmr2: zeros(48).fill(4),
    rtmr3: zeros(48),
    reportData: zeros(64).fill(5),
  }),
  ...change,
})

export type TcbInfoJson = ReturnType<typeof tcbInfoAt>
export type QeIdentityJson = ReturnType<typeof qeIdentityAt>

/** Collateral whose TCB info is changed and signed again. */
export function withTcbInfo(change: (info: TcbInfoJson) => void): Partial<Collateral> {
  const info = tcbInfoAt(AT, pki.platform)
  change(info)
  const text = JSON.stringify(info)
  return { tcb_info: text, tcb_info_signature: signText(text, pki.keys.tcbSigning) }
}

/** Collateral whose QE identity is changed and signed again. */
export function withQeIdentity(change: (identity: QeIdentityJson) => void): Partial<Collateral> {
  const identity = qeIdentityAt(AT)
  change(identity)
  const text = JSON.stringify(identity)
  return { qe_identity: text, qe_identity_signature: signText(text, pki.keys.tcbSigning) }
}

/** A CRL of one of the authorities, hex. */
export function crlOf(role: 'root' | 'intermediate', change: Partial<Parameters<typeof makeCrl>[0]> = {}): string {
  return bytesToHex(
    makeCrl({ issuer: pki.keys[role], thisUpdate: AT, nextUpdate: AT + 86_400, revoked: [], ...change }),
  )
}

export const serial = (role: SimulatedRole) => serialOf(pki.keys[role])

/** A certificate of the PKI, with fields changed, signed again by its issuer. */
export function certificate(role: keyof typeof pki.certificates, change: Partial<CertificateFields>): Uint8Array {
  const issuers = { root: 'root', intermediate: 'root', pck: 'intermediate', tcbSigning: 'root' } as const
  const pathLengths = { root: 1, intermediate: 0, pck: null, tcbSigning: null }
  return makeCertificate({
    subject: pki.keys[role],
    issuer: pki.keys[issuers[role]],
    serial: serial(role),
    notBefore: AT - 86_400,
    notAfter: AT + 86_400,
    pathLength: pathLengths[role],
    ...change,
  })
}

export { makeQuote, sign, toPem }

/** Verifies what the simulated platform signed, with parts exchanged. */
export function verifySimulated({
  quote = makeQuote(pki, body()),
  change = {},
  policy = {},
  ...rest
}: { quote?: Uint8Array; change?: Record<string, unknown>; policy?: unknown } & Partial<
  Omit<EvidenceRequest, 'quote' | 'collateral' | 'policy'>
> = {}): Promise<Verdict> {
  return verifyEvidence({
    quote,
    collateral: { ...collateral, ...change },
    at: AT,
    root: ROOT,
    policy: parsePolicy(policy),
    ...rest,
  })
}
