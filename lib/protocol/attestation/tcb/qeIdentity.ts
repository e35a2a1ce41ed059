import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import type { EnclaveReport } from '../quote/enclaveReport'
import { isDebugEnclave } from '../quote/enclaveReport'
import { demand, Rejection } from '../rejection'
import { hexOf, instant, integerTo, levelFields, parseDocument } from './signedDocument'
import type { TcbLevel } from './status'

const schema = z.object({
  id: z.enum(['QE', 'TD_QE']),
  version: z.literal(2),
  issueDate: instant,
  nextUpdate: instant,
  tcbEvaluationDataNumber: integerTo(0xffff_ffff),
  miscselect: hexOf(4),
  miscselectMask: hexOf(4),
  attributes: hexOf(16),
  attributesMask: hexOf(16),
  mrsigner: hexOf(32),
  isvprodid: integerTo(0xffff),
  tcbLevels: z.array(z.object({ tcb: z.object({ isvsvn: integerTo(0xffff) }), ...levelFields })).min(1),
})

/** Identity of Intel's quoting enclave, version 2 (PCS API v4). */
export type QeIdentity = z.output<typeof schema>

/** @throws Rejection naming the field at fault, or where it is the identity of the other TEE's quoting enclave. */
export function parseQeIdentity(text: string, tee: 'tdx' | 'sgx'): QeIdentity {
  const identity = parseDocument(text, schema, 'QE identity')
  const expected = tee === 'tdx' ? 'TD_QE' : 'QE'
  demand(identity.id === expected, `QE identity is that of ${identity.id}, not ${expected}`)
  return identity
}

function matchesMasked(actual: Uint8Array, expected: string, mask: string): boolean {
  const [wanted, bits] = [hexToBytes(expected), hexToBytes(mask)]
  return bits.every((bit, i) => ((actual[i] ?? 0) & bit) === ((wanted[i] ?? 0) & bit))
}

/** @throws Rejection unless the report is of the enclave that the identity describes. */
export function matchQeReport(report: EnclaveReport, identity: QeIdentity): void {
  // Written in the order of the bytes in the report, unlike what the name of a 32-bit number suggests; Intel's values are zero.
  const isMisc = matchesMasked(report.miscSelect, identity.miscselect, identity.miscselectMask)
  demand(isMisc, 'QE miscSelect is another')
  demand(!isDebugEnclave(report), 'the QE runs in debug mode')
  const isAttributes = matchesMasked(report.attributes, identity.attributes, identity.attributesMask)
  demand(isAttributes, 'QE attributes are others')
  demand(bytesToHex(report.mrSigner) === identity.mrsigner, 'QE mrSigner is another')
  demand(report.isvProdId === identity.isvprodid, `QE isvProdId is ${report.isvProdId}, not ${identity.isvprodid}`)
}

/** The highest level that the quoting enclave reaches. @throws Rejection where it reaches none. */
export function matchQeLevel({ isvSvn }: EnclaveReport, identity: QeIdentity): TcbLevel {
  const level = identity.tcbLevels.find(({ tcb }) => isvSvn >= tcb.isvsvn)
  if (!level) throw new Rejection(`QE isvSvn ${isvSvn} is below every level`)
  return { status: level.tcbStatus, date: level.tcbDate, advisoryIds: level.advisoryIDs }
}
