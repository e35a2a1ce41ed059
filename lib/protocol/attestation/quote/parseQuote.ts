import { bytesToHex } from '@noble/hashes/utils.js'
import { ByteReader } from '../byteReader'
import { isZero } from '../equalBytes'
import { demand } from '../rejection'
import { parseAuthData, type AuthData } from './authData'
import { ENCLAVE_REPORT_LENGTH, parseEnclaveReport, type EnclaveReport } from './enclaveReport'
import { parseTdReport, TD_REPORT_LENGTH, type TdReport } from './tdReport'

const HEADER_LENGTH = 48
const ECDSA_P256 = 2
const TEE_SGX = 0x00
const TEE_TDX = 0x81
const INTEL_QE_VENDOR = '939a7233f79c4ca9940a0db3957f0607'
const MAX_QUOTE_LENGTH = 65_536

/** Body types of a version 5 quote that hold a trust domain's report. */
const BODY_TD_1_0 = 2
const BODY_TD_1_5 = 3

/**
 * TDX quotes come from a machine in a buffer that is this much longer than the quote, and zero: Intel's service sizes it so. Those
 * bytes are tolerated, being constant; any other trailing byte is refused, so that a quote has no second spelling.
 */
const TDX_BUFFER_PADDING = 70

type Body = { tee: 'tdx'; report: TdReport } | { tee: 'sgx'; report: EnclaveReport }

/** A quote, taken apart. */
export type Quote = Body & {
  version: 3 | 4 | 5
  /** Header and body, as the attestation key signed them. */
  signed: Uint8Array
  auth: AuthData
  /** Bytes of the quote without its buffer's padding. */
  length: number
}

function readHeader(reader: ByteReader): { version: 3 | 4 | 5; isTdx: boolean } {
  const version = reader.u16('version')
  const keyType = reader.u16('attestation key type')
  const tee = reader.u32('TEE type')
  const reserved = reader.take(4, 'reserved')
  const vendor = bytesToHex(reader.take(16, 'QE vendor'))
  reader.take(20, 'user data')
  demand(version === 3 || version === 4 || version === 5, `quote version ${version} is not known`)
  demand(keyType === ECDSA_P256, `attestation key type ${keyType} is not ECDSA on P-256`)
  demand(tee === (version === 3 ? TEE_SGX : TEE_TDX), `TEE type ${tee} is not that of a version ${version} quote`)
  // Version 3 states the SVNs of the QE and the PCE here; the signed QE report and the PCK certificate are what counts.
  demand(version === 3 || isZero(reserved), 'reserved bytes of the header are not zero')
  demand(vendor === INTEL_QE_VENDOR, `QE vendor ${vendor} is not Intel`)
  return { version, isTdx: tee === TEE_TDX }
}

function readBody(reader: ByteReader, version: 3 | 4 | 5): Body {
  if (version === 3) return sgxBody(reader)
  if (version === 4) return { tee: 'tdx', report: parseTdReport(reader.take(TD_REPORT_LENGTH['1.0'], 'body'), '1.0') }
  const type = reader.u16('body type')
  const size = reader.u32('body size')
  demand(type === BODY_TD_1_0 || type === BODY_TD_1_5, `body type ${type} is not known`)
  const tdx = type === BODY_TD_1_0 ? '1.0' : '1.5'
  demand(size === TD_REPORT_LENGTH[tdx], `a body of type ${type} with ${size} bytes, not ${TD_REPORT_LENGTH[tdx]}`)
  return { tee: 'tdx', report: parseTdReport(reader.take(size, 'body'), tdx) }
}

function sgxBody(reader: ByteReader): Body {
  return { tee: 'sgx', report: parseEnclaveReport(reader.take(ENCLAVE_REPORT_LENGTH, 'body'), 'enclave report') }
}

/**
 * Takes a quote apart: SGX version 3, TDX versions 4 and 5 (Intel TDX DCAP quoting library API, appendix A).
 * @throws Rejection where any byte is missing, out of place or too many.
 */
export function parseQuote(bytes: Uint8Array): Quote {
  demand(bytes.length >= HEADER_LENGTH, `${bytes.length} bytes are no quote`)
  demand(bytes.length <= MAX_QUOTE_LENGTH, `${bytes.length} bytes are more than any quote`)
  const reader = new ByteReader(bytes, 'quote')
  const { version, isTdx } = readHeader(reader)
  const body = readBody(reader, version)
  const signed = bytes.slice(0, reader.offset)
  const auth = parseAuthData(reader.take(reader.u32('auth data size'), 'auth data'), version)
  const length = reader.offset
  const trailing = reader.rest()
  const isPadding = isTdx && trailing.length === TDX_BUFFER_PADDING && isZero(trailing)
  demand(trailing.length === 0 || isPadding, `${trailing.length} bytes follow the end of the quote`)
  return { ...body, version, signed, auth, length }
}
