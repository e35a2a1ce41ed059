import { AT, certificate, crlOf, pki, serial, toPem } from '../simulated'
import type { World } from '../world'
import type { FieldRow } from './fieldRow'

const { root, intermediate } = pki.certificates
const LONG_AGO = '2020-01-01T00:00:00Z'
const LATER = '2099-01-01T00:00:00Z'

const carried =
  (field: string, value: unknown) =>
  ({ carried: { collateral } }: World) => {
    collateral[field] = value
  }
const crl = (field: 'root_ca_crl' | 'pck_crl', change: Parameters<typeof crlOf>[1]) =>
  carried(field, crlOf(field === 'pck_crl' ? 'intermediate' : 'root', change))

/** Intel's documents, as whoever carries them may change or exchange them. */
const CARRIED: FieldRow[] = [
  ['pck_crl_issuer_chain', 'the root alone', carried('pck_crl_issuer_chain', toPem(root)), 'CRL_ISSUER_CHAIN_INVALID'],
  [
    ...(['tcb_info_issuer_chain', 'the platforms’'] as const),
    carried('tcb_info_issuer_chain', toPem(intermediate, root)),
    'TCB_INFO_CHAIN_INVALID',
  ],
  ['qe_identity_issuer_chain', 'none', carried('qe_identity_issuer_chain', ''), 'QE_IDENTITY_CHAIN_INVALID'],
  ['root_ca_crl', 'the platforms’', carried('root_ca_crl', crlOf('intermediate')), 'ROOT_CRL_INVALID'],
  ['root_ca_crl', 'yesterday’s', crl('root_ca_crl', { nextUpdate: AT - 1 }), 'CRL_EXPIRED'],
  [
    ...(['root_ca_crl', 'one that names an authority'] as const),
    crl('root_ca_crl', { revoked: [serial('intermediate')] }),
    'CERTIFICATE_REVOKED',
  ],
  ['pck_crl', 'the root’s', carried('pck_crl', crlOf('root')), 'PCK_CRL_INVALID'],
  ['pck_crl', 'tomorrow’s', crl('pck_crl', { thisUpdate: AT + 1 }), 'CRL_EXPIRED'],
  ['pck_crl', 'one that names the platform', crl('pck_crl', { revoked: [serial('pck')] }), 'CERTIFICATE_REVOKED'],
  ['tcb_info', 'any of it, unsigned', carried('tcb_info', '{}'), 'TCB_INFO_SIGNATURE_INVALID'],
  ['tcb_info', 'its signature', carried('tcb_info_signature', '11'.repeat(64)), 'TCB_INFO_SIGNATURE_INVALID'],
  ['qe_identity', 'any of it, unsigned', carried('qe_identity', '{}'), 'QE_IDENTITY_SIGNATURE_INVALID'],
  ['qe_identity', 'its signature', carried('qe_identity_signature', '11'.repeat(64)), 'QE_IDENTITY_SIGNATURE_INVALID'],
  [
    ...(['pck_certificate_chain', 'another'] as const),
    carried('pck_certificate_chain', toPem(certificate('pck', {}), intermediate, root)),
    'PCK_CHAIN_INVALID',
  ],
  ['a field that nobody knows', 'one', carried('accept', true), 'COLLATERAL_MALFORMED'],
]

type Make = FieldRow[2]
const level = (make: (tcb: World['tcbInfo']['tcbLevels'][number]) => unknown): Make => {
  return ({ tcbInfo }) => void make(tcbInfo.tcbLevels[0]!)
}
const module = (attributes: string): Make => {
  return ({ tcbInfo }) => void (tcbInfo.tdxModuleIdentities[0]!.attributes = attributes)
}

/** TCB info, signed as it says. */
const TCB_INFO: FieldRow[] = [
  ['TCB info: id, fmspc, pceId', 'id', ({ tcbInfo }) => (tcbInfo.id = 'SGX'), 'PLATFORM_MISMATCH'],
  ['TCB info: id, fmspc, pceId', 'fmspc', ({ tcbInfo }) => (tcbInfo.fmspc = '010203040506'), 'PLATFORM_MISMATCH'],
  ['TCB info: id, fmspc, pceId', 'pceId', ({ tcbInfo }) => (tcbInfo.pceId = '0001'), 'PLATFORM_MISMATCH'],
  ['TCB info: version, tcbType', 'version', ({ tcbInfo }) => (tcbInfo.version = 4), 'TCB_INFO_MALFORMED'],
  ['TCB info: version, tcbType', 'tcbType', ({ tcbInfo }) => (tcbInfo.tcbType = 1), 'TCB_INFO_MALFORMED'],
  ['TCB info: issueDate, nextUpdate', 'issued later', ({ tcbInfo }) => (tcbInfo.issueDate = LATER), 'TCB_INFO_EXPIRED'],
  ['TCB info: issueDate, nextUpdate', 'over', ({ tcbInfo }) => (tcbInfo.nextUpdate = LONG_AGO), 'TCB_INFO_EXPIRED'],
  [
    ...(['TCB info: tcbEvaluationDataNumber', 'lower'] as const),
    ({ tcbInfo }) => (tcbInfo.tcbEvaluationDataNumber = 0),
    'TCB_EVALUATION_TOO_OLD',
  ],
  ['TCB info: tdxModuleIdentities', 'none', (w) => (w.tcbInfo.tdxModuleIdentities = []), 'TDX_MODULE_UNKNOWN'],
  ['TCB info: tdxModuleIdentities', 'attributes', module(`01${'00'.repeat(7)}`), 'SEAM_ATTRIBUTES_UNACCEPTED'],
  ['TCB info: tcbLevels', 'SGX', level(({ tcb }) => (tcb.sgxtcbcomponents[0]!.svn = 9)), 'TCB_LEVEL_UNMATCHED'],
  ['TCB info: tcbLevels', 'TDX', level(({ tcb }) => (tcb.tdxtcbcomponents[2]!.svn = 9)), 'TCB_LEVEL_UNMATCHED'],
  ['TCB info: tcbLevels', 'pcesvn', level(({ tcb }) => (tcb.pcesvn = 99)), 'TCB_LEVEL_UNMATCHED'],
  ['TCB info: tcbLevels', 'status', level((tcb) => (tcb.tcbStatus = 'OutOfDate')), 'TCB_STATUS_UNACCEPTED'],
  [
    ...(['TCB info: tcbLevels', 'advisories'] as const),
    level((tcb) => Object.assign(tcb, { advisoryIDs: ['INTEL-SA-1'] })),
    'ADVISORY_UNACCEPTED',
  ],
]

const QE_REPORT_OF = 'QE identity: miscselect, attributes, mrsigner, isvprodid'

/** QE identity, signed as it says. */
const QE_IDENTITY: FieldRow[] = [
  ['QE identity: id, version', 'id', (w) => (w.qeIdentity.id = 'QE'), 'QE_IDENTITY_MALFORMED'],
  ['QE identity: id, version', 'version', (w) => (w.qeIdentity.version = 3), 'QE_IDENTITY_MALFORMED'],
  ['QE identity: issueDate, nextUpdate', 'over', (w) => (w.qeIdentity.nextUpdate = LONG_AGO), 'QE_IDENTITY_EXPIRED'],
  ['QE identity: issueDate, nextUpdate', 'later', (w) => (w.qeIdentity.issueDate = LATER), 'QE_IDENTITY_EXPIRED'],
  [
    ...(['QE identity: tcbEvaluationDataNumber', 'lower'] as const),
    (w) => (w.qeIdentity.tcbEvaluationDataNumber = 0),
    'TCB_EVALUATION_TOO_OLD',
  ],
  [QE_REPORT_OF, 'miscselect', (w) => (w.qeIdentity.miscselect = '01000000'), 'QE_REPORT_MISMATCH'],
  [QE_REPORT_OF, 'attributes', (w) => (w.qeIdentity.attributes = `31${'00'.repeat(15)}`), 'QE_REPORT_MISMATCH'],
  [QE_REPORT_OF, 'mrsigner', (w) => (w.qeIdentity.mrsigner = '54'.repeat(32)), 'QE_REPORT_MISMATCH'],
  [QE_REPORT_OF, 'isvprodid', (w) => (w.qeIdentity.isvprodid = 1), 'QE_REPORT_MISMATCH'],
  [
    ...(['QE identity: tcbLevels', 'isvsvn'] as const),
    (w) => (w.qeIdentity.tcbLevels[0]!.tcb.isvsvn = 5),
    'QE_TCB_LEVEL_UNMATCHED',
  ],
  [
    ...(['QE identity: tcbLevels', 'status'] as const),
    (w) => (w.qeIdentity.tcbLevels[0]!.tcbStatus = 'Revoked'),
    'TCB_STATUS_UNACCEPTED',
  ],
]

/** Intel's collateral: what anyone carries, and what Intel signs. */
export const COLLATERAL_ROWS = [...CARRIED, ...TCB_INFO, ...QE_IDENTITY]
