import { bytesToHex } from '@noble/hashes/utils.js'
import type { Collateral } from '../../protocol/attestation/tcb/collateral'
import { makeCrl, toPem, type SimulatedKey } from './certificates'
import type { SimulatedPki, SimulatedPlatform } from './pki'
import { signP256 } from './signP256'

/** How long collateral lasts, as Intel's does. */
const LIFETIME = 30 * 86_400
const EVALUATION = 1
const ZERO_48 = '00'.repeat(48)

/** The simulated quoting enclave. */
export const SIMULATED_QE = {
  mrSigner: '53'.repeat(32),
  isvProdId: 2,
  isvSvn: 4,
  attributes: `11${'00'.repeat(15)}`,
}
/** Security versions of the simulated TDX module: its svn, its version, and those of the platform's other parts. */
export const SIMULATED_TEE_TCB_SVN = [6, 1, 3, ...Array.from({ length: 13 }, () => 0)]

const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
const components = (svns: number[]) => svns.map((svn) => ({ svn }))

/** Dates of documents that are valid at a time, in Unix seconds. */
function datesAt(at: number) {
  return { issueDate: isoOf(at), nextUpdate: isoOf(at + LIFETIME) }
}

/** TCB info, version 3, in which the platform is up to date. */
export function tcbInfoAt(at: number, { fmspc, pceId, sgxComponents, pceSvn }: SimulatedPlatform) {
  const tcbDate = isoOf(at)
  const [, , ...platformTcb] = SIMULATED_TEE_TCB_SVN
  return {
    id: 'TDX',
    version: 3,
    ...datesAt(at),
    fmspc,
    pceId,
    tcbType: 0,
    tcbEvaluationDataNumber: EVALUATION,
    tdxModule: { mrsigner: ZERO_48, attributes: '00'.repeat(8), attributesMask: 'FF'.repeat(8) },
    tdxModuleIdentities: [
      {
        id: 'TDX_01',
        mrsigner: ZERO_48,
        attributes: '00'.repeat(8),
        attributesMask: 'FF'.repeat(8),
        tcbLevels: [{ tcb: { isvsvn: SIMULATED_TEE_TCB_SVN[0] }, tcbDate, tcbStatus: 'UpToDate' }],
      },
    ],
    tcbLevels: [
      {
        tcb: {
          sgxtcbcomponents: components(sgxComponents),
          pcesvn: pceSvn,
          tdxtcbcomponents: components([0, 0, ...platformTcb]),
        },
        tcbDate,
        tcbStatus: 'UpToDate',
      },
    ],
  }
}

/** QE identity, version 2, of the simulated quoting enclave. */
export function qeIdentityAt(at: number) {
  const { mrSigner, isvProdId, isvSvn, attributes } = SIMULATED_QE
  return {
    id: 'TD_QE',
    version: 2,
    ...datesAt(at),
    tcbEvaluationDataNumber: EVALUATION,
    miscselect: '00000000',
    miscselectMask: 'FFFFFFFF',
    attributes,
    attributesMask: `FBFFFFFFFFFFFFFF${'00'.repeat(8)}`,
    mrsigner: mrSigner,
    isvprodid: isvProdId,
    tcbLevels: [{ tcb: { isvsvn: isvSvn }, tcbDate: isoOf(at), tcbStatus: 'UpToDate' }],
  }
}

/** r | s over a document's exact text, hex. */
export function signText(text: string, { secret }: SimulatedKey): string {
  return bytesToHex(signP256(new TextEncoder().encode(text), secret))
}

/** Collateral for the simulated platform, valid for 30 days from `at` (Unix seconds), in the form of Intel's. */
export function makeCollateral({ keys, certificates, platform }: SimulatedPki, at: number): Collateral {
  const dates = { thisUpdate: at, nextUpdate: at + LIFETIME, revoked: [] }
  const tcbInfo = JSON.stringify(tcbInfoAt(at, platform))
  const qeIdentity = JSON.stringify(qeIdentityAt(at))
  const signerChain = toPem(certificates.tcbSigning, certificates.root)
  return {
    pck_crl_issuer_chain: toPem(certificates.intermediate, certificates.root),
    root_ca_crl: bytesToHex(makeCrl({ issuer: keys.root, ...dates })),
    pck_crl: bytesToHex(makeCrl({ issuer: keys.intermediate, ...dates })),
    tcb_info_issuer_chain: signerChain,
    tcb_info: tcbInfo,
    tcb_info_signature: signText(tcbInfo, keys.tcbSigning),
    qe_identity_issuer_chain: signerChain,
    qe_identity: qeIdentity,
    qe_identity_signature: signText(qeIdentity, keys.tcbSigning),
  }
}
