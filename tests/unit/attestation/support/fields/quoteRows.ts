import { AT, certificate, pki } from '../simulated'
import type { World } from '../world'
import type { FieldRow } from './fieldRow'

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value)
const turned = (from: Uint8Array, at: number, bit = 1) => from.with(at, (from[at] ?? 0) ^ bit)

/** Where version 5 has what: header 48, the body's type and size 6, body 648, then the authentication data. */
const AUTH = 48 + 6 + 648
const QE_REPORT = AUTH + 4 + 128 + 6
const carriedQuote = (offset: number) => (world: World) => {
  world.carried.quote = (quote) => turned(quote, offset)
}

/** Header and signatures: who carries the quote can change them, and can sign nothing. */
const CARRIED: FieldRow[] = [
  ['quote header', 'version', carriedQuote(0), 'QUOTE_MALFORMED'],
  ['quote header', 'attestation key type', carriedQuote(2), 'QUOTE_MALFORMED'],
  ['quote header', 'TEE type', carriedQuote(4), 'QUOTE_MALFORMED'],
  ['quote header', 'reserved', carriedQuote(8), 'QUOTE_MALFORMED'],
  ['quote header', 'QE vendor', carriedQuote(12), 'QUOTE_MALFORMED'],
  ['quote header', 'user data', carriedQuote(28), 'QUOTE_SIGNATURE_INVALID'],
  ['quote header', 'body type', carriedQuote(48), 'QUOTE_MALFORMED'],
  ['quote header', 'body size', carriedQuote(50), 'QUOTE_MALFORMED'],
  ['quote’s end', 'a byte more', (w) => (w.carried.quote = (quote) => Uint8Array.of(...quote, 0)), 'QUOTE_MALFORMED'],
  ['any field of the body', 'MRTD, unsigned', carriedQuote(54 + 136), 'QUOTE_SIGNATURE_INVALID'],
  ['any field of the body', 'MRSERVICETD, unsigned', carriedQuote(54 + 600), 'QUOTE_SIGNATURE_INVALID'],
  ['quote signature', 'a bit', carriedQuote(AUTH + 4), 'QUOTE_SIGNATURE_INVALID'],
  ['attestation key', 'a bit', carriedQuote(AUTH + 68), 'ATTESTATION_KEY_UNBOUND'],
  ['QE auth data', 'a bit', carriedQuote(QE_REPORT + 384 + 64 + 2), 'ATTESTATION_KEY_UNBOUND'],
  ['QE report signature', 'a bit', carriedQuote(QE_REPORT + 384), 'QE_REPORT_SIGNATURE_INVALID'],
  ['any field of the QE report', 'MRENCLAVE, unsigned', carriedQuote(QE_REPORT + 64), 'QE_REPORT_SIGNATURE_INVALID'],
]

const attribute = (at: number, bit: number) => (world: World) => {
  world.body.tdAttributes = turned(world.body.tdAttributes, at, bit)
}

/** The report body, signed by the machine as it says. */
const BODY: FieldRow[] = [
  ['TEE_TCB_SVN', 'a component', (w) => (w.body.teeTcbSvn = w.body.teeTcbSvn.with(2, 2)), 'TCB_LEVEL_UNMATCHED'],
  ['TEE_TCB_SVN', 'the module’s', (w) => (w.body.teeTcbSvn = w.body.teeTcbSvn.with(0, 5)), 'TDX_MODULE_UNKNOWN'],
  ['TEE_TCB_SVN', 'its version', (w) => (w.body.teeTcbSvn = w.body.teeTcbSvn.with(1, 2)), 'TDX_MODULE_UNKNOWN'],
  ['MRSEAM', 'all of it', (w) => (w.body.mrSeam = bytes(48, 9)), null],
  ['MRSIGNERSEAM', 'all of it', (w) => (w.body.mrSignerSeam = bytes(48, 9)), 'TDX_MODULE_UNKNOWN'],
  ['SEAMATTRIBUTES', 'bits', (w) => (w.body.seamAttributes = bytes(8, 1)), 'SEAM_ATTRIBUTES_UNACCEPTED'],
  ['TDATTRIBUTES', 'DEBUG', attribute(0, 0x01), 'DEBUG_ENABLED'],
  ['TDATTRIBUTES', 'SEPT_VE_DISABLE', attribute(3, 0x10), 'TD_ATTRIBUTES_UNACCEPTED'],
  ['TDATTRIBUTES', 'MIGRATABLE', attribute(3, 0x20), 'TD_ATTRIBUTES_UNACCEPTED'],
  ['XFAM', 'a fixed bit', (w) => (w.body.xfam = turned(w.body.xfam, 0)), 'TD_ATTRIBUTES_UNACCEPTED'],
  ['XFAM', 'a reserved bit', (w) => (w.body.xfam = turned(w.body.xfam, 7)), 'TD_ATTRIBUTES_UNACCEPTED'],
  ['MRTD', 'all of it', (w) => (w.body.mrTd = bytes(48, 9)), 'MRTD_UNACCEPTED'],
  ['MRCONFIGID', 'all of it', (w) => (w.body.mrConfigId = bytes(48, 9)), 'CONFIG_ID_UNACCEPTED'],
  ['MROWNER, MROWNERCONFIG', 'the owner', (w) => (w.body.mrOwner = bytes(48, 9)), null],
  ['MROWNER, MROWNERCONFIG', 'its configuration', (w) => (w.body.mrOwnerConfig = bytes(48, 9)), null],
  ['RTMR0, RTMR1, RTMR2', 'RTMR0', (w) => (w.body.rtmr0 = bytes(48, 9)), 'RTMR0_UNACCEPTED'],
  ['RTMR0, RTMR1, RTMR2', 'RTMR1', (w) => (w.body.rtmr1 = bytes(48, 9)), 'RTMR1_UNACCEPTED'],
  ['RTMR0, RTMR1, RTMR2', 'RTMR2', (w) => (w.body.rtmr2 = bytes(48, 9)), 'RTMR2_UNACCEPTED'],
  ['RTMR3', 'all of it', (w) => (w.body.rtmr3 = bytes(48, 9)), 'RTMR3_REPLAY_MISMATCH'],
  ['REPORTDATA', 'its start', (w) => (w.body.reportData = turned(w.body.reportData, 0)), 'REGISTRY_ENTRY_MISMATCH'],
  ['REPORTDATA', 'its end', (w) => (w.body.reportData = turned(w.body.reportData, 63)), 'REGISTRY_ENTRY_MISMATCH'],
  ['TEE_TCB_SVN_2', 'all of it', (w) => (w.body.teeTcbSvn2 = bytes(16, 0)), null],
  ['MRSERVICETD', 'all of it', (w) => (w.body.mrServiceTd = bytes(48, 9)), 'TD_ATTRIBUTES_UNACCEPTED'],
]

const qe = (offset: number, value: number) => (world: World) => void world.qeReport.set(offset, value)
const forger = { ...pki.keys.intermediate, secret: pki.keys.pck.secret }

/** The quoting enclave's report, signed by the platform's key, and what Intel certified of the platform. */
const PLATFORM: FieldRow[] = [
  ['QE CPUSVN', 'a byte', qe(0, 1), null],
  ['QE MISCSELECT', 'a bit', qe(16, 1), 'QE_REPORT_MISMATCH'],
  ['QE ATTRIBUTES', 'DEBUG', qe(48, 0x13), 'QE_REPORT_MISMATCH'],
  ['QE ATTRIBUTES', 'a bit that the mask covers', qe(48, 0x31), 'QE_REPORT_MISMATCH'],
  ['QE MRENCLAVE', 'a byte', qe(64, 1), null],
  ['QE MRSIGNER', 'a byte', qe(128, 1), 'QE_REPORT_MISMATCH'],
  ['QE ISVPRODID', 'a bit', qe(256, 3), 'QE_REPORT_MISMATCH'],
  ['QE ISVSVN', 'lower', qe(258, 3), 'QE_TCB_LEVEL_UNMATCHED'],
  ['QE REPORTDATA', 'after the hash', qe(383, 1), 'ATTESTATION_KEY_UNBOUND'],
  ['PCK FMSPC, PCEID', 'FMSPC', (w) => (w.platform.fmspc = '010203040506'), 'PLATFORM_MISMATCH'],
  ['PCK FMSPC, PCEID', 'PCEID', (w) => (w.platform.pceId = '0001'), 'PLATFORM_MISMATCH'],
  ['PCK TCB components, PCESVN', 'a component', (w) => (w.platform.sgxComponents[7] = 4), 'TCB_LEVEL_UNMATCHED'],
  ['PCK TCB components, PCESVN', 'PCESVN', (w) => (w.platform.pceSvn = 12), 'TCB_LEVEL_UNMATCHED'],
  ['PCK extension', 'none', (w) => (w.certificates.pck = certificate('pck', {})), 'PCK_EXTENSION_INVALID'],
  [
    ...(['certificates’ dates', 'the PCK’s are over'] as const),
    (w) => (w.certificates.pck = certificate('pck', { notAfter: AT - 1 })),
    'CERTIFICATE_EXPIRED',
  ],
  [
    ...(['certificates’ chain', 'the PCK is signed by another key'] as const),
    (w) => (w.certificates.pck = certificate('pck', { issuer: forger })),
    'PCK_CHAIN_INVALID',
  ],
]

/** The quote: what carries it, what the machine says, and who vouches for that. */
export const QUOTE_ROWS = [...CARRIED, ...BODY, ...PLATFORM]
