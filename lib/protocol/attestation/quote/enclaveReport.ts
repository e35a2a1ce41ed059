import { ByteReader } from '../byteReader'
import { isZero } from '../equalBytes'
import { demand } from '../rejection'

/** Length of an SGX report body in bytes. */
export const ENCLAVE_REPORT_LENGTH = 384

/** An SGX enclave's report body (Intel SDM vol. 3D, REPORT): that of an SGX quote, and of a quote's quoting enclave. */
export interface EnclaveReport {
  cpuSvn: Uint8Array
  miscSelect: Uint8Array
  attributes: Uint8Array
  mrEnclave: Uint8Array
  mrSigner: Uint8Array
  isvProdId: number
  isvSvn: number
  reportData: Uint8Array
}

/** Byte 0, bit 1 of an SGX enclave's attributes. */
const SGX_DEBUG = 0x02

/** @throws Rejection unless `bytes` is one whole report body. */
export function parseEnclaveReport(bytes: Uint8Array, subject: string): EnclaveReport {
  const reader = new ByteReader(bytes, subject)
  const cpuSvn = reader.take(16, 'cpuSvn')
  const miscSelect = reader.take(4, 'miscSelect')
  // 12 reserved bytes, then the extended product id, which is the enclave author's to choose.
  demand(isZero(reader.take(12, 'reserved1')), `${subject}: reserved1 is not zero`)
  reader.take(16, 'isvExtProdId')
  const attributes = reader.take(16, 'attributes')
  const mrEnclave = reader.take(32, 'mrEnclave')
  demand(isZero(reader.take(32, 'reserved2')), `${subject}: reserved2 is not zero`)
  const mrSigner = reader.take(32, 'mrSigner')
  demand(isZero(reader.take(32, 'reserved3')), `${subject}: reserved3 is not zero`)
  reader.take(64, 'configId')
  const isvProdId = reader.u16('isvProdId')
  const isvSvn = reader.u16('isvSvn')
  reader.take(2, 'configSvn')
  demand(isZero(reader.take(42, 'reserved4')), `${subject}: reserved4 is not zero`)
  reader.take(16, 'isvFamilyId')
  const reportData = reader.take(64, 'reportData')
  reader.end()
  return { cpuSvn, miscSelect, attributes, mrEnclave, mrSigner, isvProdId, isvSvn, reportData }
}

/** Whether the enclave runs in debug mode. */
export function isDebugEnclave({ attributes }: EnclaveReport): boolean {
  return ((attributes[0] ?? SGX_DEBUG) & SGX_DEBUG) !== 0
}
