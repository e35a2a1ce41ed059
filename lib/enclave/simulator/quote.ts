import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { toPem } from './certificates'
import { SIMULATED_QE, SIMULATED_TEE_TCB_SVN } from './collateral'
import type { SimulatedPki } from './pki'
import { signP256 } from './signP256'

const INTEL_QE_VENDOR = '939a7233f79c4ca9940a0db3957f0607'
const ECDSA_P256 = 2
const TEE_TDX = 0x81
const BODY_TD_1_5 = 3
const PCK_CERTIFICATE_CHAIN = 5
const QE_REPORT = 6
/** SEPT_VE_DISABLE, and the processor features that a dstack machine has. */
const TD_ATTRIBUTES = '0000001000000000'
const XFAM = 'e702060000000000'
const QE_AUTH_DATA = Uint8Array.from({ length: 32 }, (_, i) => i)

/** Each field of a trust domain's report body. The last two are TDX 1.5's. */
export interface TdBody {
  teeTcbSvn: Uint8Array
  mrSeam: Uint8Array
  mrSignerSeam: Uint8Array
  seamAttributes: Uint8Array
  tdAttributes: Uint8Array
  xfam: Uint8Array
  mrTd: Uint8Array
  mrConfigId: Uint8Array
  mrOwner: Uint8Array
  mrOwnerConfig: Uint8Array
  rtmr0: Uint8Array
  rtmr1: Uint8Array
  rtmr2: Uint8Array
  rtmr3: Uint8Array
  reportData: Uint8Array
  teeTcbSvn2: Uint8Array
  mrServiceTd: Uint8Array
}

const TD_1_0_FIELDS = [
  'teeTcbSvn',
  'mrSeam',
  'mrSignerSeam',
  'seamAttributes',
  'tdAttributes',
  'xfam',
  'mrTd',
  'mrConfigId',
  'mrOwner',
  'mrOwnerConfig',
  'rtmr0',
  'rtmr1',
  'rtmr2',
  'rtmr3',
  'reportData',
] as const satisfies (keyof TdBody)[]
const TD_1_5_FIELDS = [...TD_1_0_FIELDS, 'teeTcbSvn2', 'mrServiceTd'] as const satisfies (keyof TdBody)[]

/** The registers and data that a simulated domain reports; everything else as on an up-to-date machine. */
export function tdBody(measured: Pick<TdBody, 'mrTd' | 'rtmr0' | 'rtmr1' | 'rtmr2' | 'rtmr3' | 'reportData'>): TdBody {
  const empty = () => new Uint8Array(48)
  const svn = Uint8Array.from(SIMULATED_TEE_TCB_SVN)
  return {
    teeTcbSvn: svn,
    mrSeam: empty(),
    mrSignerSeam: empty(),
    seamAttributes: new Uint8Array(8),
    tdAttributes: hexToBytes(TD_ATTRIBUTES),
    xfam: hexToBytes(XFAM),
    mrConfigId: empty(),
    mrOwner: empty(),
    mrOwnerConfig: empty(),
    ...measured,
    teeTcbSvn2: svn,
    mrServiceTd: empty(),
  }
}

const u16 = (value: number) => Uint8Array.of(value & 0xff, value >> 8)
const u32 = (value: number) => Uint8Array.of(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24)
const certificationData = (type: number, data: Uint8Array) => concatBytes(u16(type), u32(data.length), data)

/** An SGX report of the simulated quoting enclave that binds `reportData`. 384 bytes. */
function qeReport(reportData: Uint8Array): Uint8Array {
  const report = new Uint8Array(384)
  report.set(hexToBytes(SIMULATED_QE.attributes), 48)
  report.set(hexToBytes(SIMULATED_QE.mrSigner), 128)
  report.set(u16(SIMULATED_QE.isvProdId), 256)
  report.set(u16(SIMULATED_QE.isvSvn), 258)
  report.set(reportData, 320)
  return report
}

/**
 * A TDX quote, signed by the simulated platform: version 4 with a TD 1.0 body, version 5 with a TD 1.5 body.
 *
 * @param changeQeReport Lets a test have another enclave vouch for the attestation key.
 */
export function makeQuote(
  { keys, certificates }: SimulatedPki,
  body: TdBody,
  version: 4 | 5 = 4,
  changeQeReport: (report: Uint8Array) => Uint8Array = (report) => report,
): Uint8Array {
  const header = concatBytes(
    u16(version),
    u16(ECDSA_P256),
    u32(TEE_TDX),
    new Uint8Array(4),
    hexToBytes(INTEL_QE_VENDOR),
    new Uint8Array(20),
  )
  const fields = version === 5 ? TD_1_5_FIELDS : TD_1_0_FIELDS
  const report = concatBytes(...fields.map((field) => body[field]))
  const described = version === 5 ? concatBytes(u16(BODY_TD_1_5), u32(report.length), report) : report
  const statement = concatBytes(header, described)
  const { attestation, pck } = keys
  const binding = new Uint8Array(64)
  binding.set(sha256(concatBytes(attestation.publicKey, QE_AUTH_DATA)))
  const voucher = changeQeReport(qeReport(binding))
  const chain = new TextEncoder().encode(toPem(certificates.pck, certificates.intermediate, certificates.root))
  const certified = concatBytes(
    voucher,
    signP256(voucher, pck.secret),
    u16(QE_AUTH_DATA.length),
    QE_AUTH_DATA,
    certificationData(PCK_CERTIFICATE_CHAIN, chain),
  )
  const auth = concatBytes(
    signP256(statement, attestation.secret),
    attestation.publicKey,
    certificationData(QE_REPORT, certified),
  )
  return concatBytes(statement, u32(auth.length), auth)
}
