import { ByteReader } from '../byteReader'
import { demand } from '../rejection'
import { ENCLAVE_REPORT_LENGTH, parseEnclaveReport, type EnclaveReport } from './enclaveReport'

/** Certification data: the PCK certificate chain as PEM, or (v4 and v5) the QE's report that wraps it. */
const PCK_CERTIFICATE_CHAIN = 5
const QE_REPORT = 6

/** What proves a quote: the attestation key's signature, and the chain of vouchers for that key up to Intel's. */
export interface AuthData {
  /** r | s over header and body, 64 bytes. */
  quoteSignature: Uint8Array
  /** x | y on P-256, 64 bytes. */
  attestationKey: Uint8Array
  qeReport: EnclaveReport
  /** As signed. */
  qeReportBytes: Uint8Array
  /** r | s over the QE's report by the PCK, 64 bytes. */
  qeReportSignature: Uint8Array
  qeAuthData: Uint8Array
  /** PEM: PCK, intermediate, root. */
  pckChain: string
}

function readCertificationData(reader: ByteReader, type: number, field: string): Uint8Array {
  const found = reader.u16(`${field} type`)
  demand(found === type, `${field} is of type ${found}; only ${type} is verified here`)
  return reader.take(reader.u32(`${field} size`), field)
}

function decodePem(bytes: Uint8Array): string {
  // Intel's quote generation ends the chain as a C string.
  const text = bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes
  demand(
    text.every((byte) => byte < 0x80 && byte !== 0),
    'the PCK certificate chain is not ASCII',
  )
  return new TextDecoder().decode(text)
}

function readVoucher(reader: ByteReader) {
  const qeReportBytes = reader.take(ENCLAVE_REPORT_LENGTH, 'QE report')
  const qeReport = parseEnclaveReport(qeReportBytes, 'QE report')
  const qeReportSignature = reader.take(64, 'QE report signature')
  const qeAuthData = reader.take(reader.u16('QE auth data size'), 'QE auth data')
  const pckChain = decodePem(readCertificationData(reader, PCK_CERTIFICATE_CHAIN, 'certification data'))
  return { qeReport, qeReportBytes, qeReportSignature, qeAuthData, pckChain }
}

/**
 * The auth data of an ECDSA P-256 quote: in version 3 all in a row, since version 4 with the QE's part wrapped as certification data
 * of type 6.
 * @throws Rejection unless every byte is accounted for.
 */
export function parseAuthData(bytes: Uint8Array, quoteVersion: number): AuthData {
  const reader = new ByteReader(bytes, 'quote auth data')
  const quoteSignature = reader.take(64, 'quote signature')
  const attestationKey = reader.take(64, 'attestation key')
  if (quoteVersion === 3) {
    const voucher = readVoucher(reader)
    reader.end()
    return { quoteSignature, attestationKey, ...voucher }
  }
  const wrapped = new ByteReader(
    readCertificationData(reader, QE_REPORT, 'QE certification data'),
    'QE certification data',
  )
  reader.end()
  const voucher = readVoucher(wrapped)
  wrapped.end()
  return { quoteSignature, attestationKey, ...voucher }
}
