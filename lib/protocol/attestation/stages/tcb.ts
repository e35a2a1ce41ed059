import { bytesToHex } from '@noble/hashes/utils.js'
import type { CheckName } from '../checks'
import type { Checklist } from '../checklist'
import { DEFAULT_TCB_STATUSES, type AttestationPolicy } from '../policy'
import { isDebugEnclave } from '../quote/enclaveReport'
import type { Quote } from '../quote/parseQuote'
import { demand } from '../rejection'
import type { Collateral } from '../tcb/collateral'
import { demandSamePlatform, matchPlatformLevel } from '../tcb/platformLevel'
import { matchQeLevel, matchQeReport, parseQeIdentity, type QeIdentity } from '../tcb/qeIdentity'
import { demandSigned } from '../tcb/signedDocument'
import { convergeStatus, type TcbLevel, type TcbStatus } from '../tcb/status'
import { demandNoDebug, demandTdAttributes } from '../tcb/tdAttributes'
import { parseTcbInfo, type TcbInfo } from '../tcb/tcbInfo'
import { demandSeamAttributes, matchTdxModule } from '../tcb/tdxModule'
import type { Chain } from '../x509/chain'
import type { PlatformTcb } from '../x509/pckExtension'

const describeLevel = ({ status, date }: TcbLevel) => `${status}, TCB of ${date}`

async function demandFresh(
  list: Checklist,
  name: CheckName,
  document: { issueDate: number; nextUpdate: number },
  at: number,
): Promise<void> {
  const { issueDate, nextUpdate } = document
  const check = () => demand(issueDate <= at && at <= nextUpdate, `valid from ${issueDate} to ${nextUpdate}`)
  await list.run(name, check, () => `valid until ${nextUpdate}`)
  list.endsAt(nextUpdate)
}

/** Signature, form and dates of the TCB info, and the level that the platform reaches. */
export async function checkTcbInfo(
  list: Checklist,
  context: { quote: Quote; collateral: Collateral; signer: Chain; platform: PlatformTcb | undefined; at: number },
): Promise<{ info: TcbInfo; level: TcbLevel | undefined } | undefined> {
  const { quote, platform, at, signer, collateral } = context
  const { tcb_info: text, tcb_info_signature: signature } = collateral
  await list.run(
    'tcb-info-signature',
    () => demandSigned(text, signature, signer.leaf, 'TCB info'),
    () => `signed by ${signer.leaf.subject.commonName}`,
  )
  const info = await list.run(
    'tcb-info-structure',
    () => parseTcbInfo(text),
    ({ id, version }) => `${id} TCB info, version ${version}`,
  )
  if (!info) return undefined
  await demandFresh(list, 'tcb-info-freshness', info, at)
  if (!platform) return { info, level: undefined }
  await list.run(
    'platform-identity',
    () => demandSamePlatform(info, platform, quote.tee),
    () => `${info.id}, FMSPC ${info.fmspc}, PCE ${info.pceId}`,
  )
  const level = list.passed('platform-identity')
    ? await list.run('tcb-level', () => matchPlatformLevel(info, platform, quote), describeLevel)
    : undefined
  return { info, level }
}

/** TDX module, debug and attributes; for SGX only that the enclave is no debug one. The module's level, null where it has none. */
export async function checkModule(
  list: Checklist,
  quote: Quote,
  info: TcbInfo | undefined,
): Promise<TcbLevel | null | undefined> {
  if (quote.tee === 'sgx') {
    const { report } = quote
    const check = () => demand(!isDebugEnclave(report), 'the enclave runs in debug mode')
    await list.run('debug', check, () => `attributes ${bytesToHex(report.attributes)}`)
    for (const name of ['tdx-module', 'seam-attributes', 'td-attributes'] as const) list.skip(name, 'an SGX quote')
    return null
  }
  const { report } = quote
  const evidence = () => `TD attributes ${bytesToHex(report.tdAttributes)}, XFAM ${bytesToHex(report.xfam)}`
  await list.run('debug', () => demandNoDebug(report), evidence)
  await list.run('td-attributes', () => demandTdAttributes(report), evidence)
  if (info?.id !== 'TDX') return undefined
  const module = await list.run(
    'tdx-module',
    () => matchTdxModule(info, report),
    ({ id, level }) => `${id}${level ? `, ${describeLevel(level)}` : ''}`,
  )
  if (!module) return undefined
  await list.run(
    'seam-attributes',
    () => demandSeamAttributes(report, module),
    () => bytesToHex(report.seamAttributes),
  )
  return module.level
}

/** Signature, form and dates of the QE identity, and the quoting enclave held against it. */
export async function checkQe(
  list: Checklist,
  context: { quote: Quote; collateral: Collateral; signer: Chain; at: number },
): Promise<{ identity: QeIdentity; level: TcbLevel | undefined } | undefined> {
  const { quote, at, signer, collateral } = context
  const { qe_identity: text, qe_identity_signature: signature } = collateral
  await list.run(
    'qe-identity-signature',
    () => demandSigned(text, signature, signer.leaf, 'QE identity'),
    () => `signed by ${signer.leaf.subject.commonName}`,
  )
  const identity = await list.run(
    'qe-identity-structure',
    () => parseQeIdentity(text, quote.tee),
    ({ id, version }) => `${id} identity, version ${version}`,
  )
  if (!identity) return undefined
  await demandFresh(list, 'qe-identity-freshness', identity, at)
  const { qeReport } = quote.auth
  await list.run(
    'qe-report',
    () => matchQeReport(qeReport, identity),
    () => `mrSigner ${identity.mrsigner}, product ${identity.isvprodid}`,
  )
  const level = await list.run('qe-tcb-level', () => matchQeLevel(qeReport, identity), describeLevel)
  return { identity, level }
}

/** What the levels of platform, module (null: it has none) and quoting enclave come to, held against the policy. */
export async function checkStatus(
  list: Checklist,
  levels: { platform: TcbLevel | undefined; module: TcbLevel | null | undefined; qe: TcbLevel | undefined },
  policy: AttestationPolicy,
): Promise<{ tcbStatus: TcbStatus; advisoryIds: string[] } | undefined> {
  const { platform, module, qe } = levels
  if (!platform || module === undefined || !qe) return undefined
  const parts = module ? [module, qe] : [qe]
  const tcbStatus = parts.reduce((status, part) => convergeStatus(status, part.status), platform.status)
  const advisoryIds = [...new Set([platform, ...parts].flatMap((level) => level.advisoryIds))].sort()
  const accepted = policy.acceptedTcbStatuses ?? DEFAULT_TCB_STATUSES
  const isAccepted = () =>
    demand(
      accepted.some((status) => status === tcbStatus),
      `${tcbStatus}; accepted: ${accepted.join(', ') || 'none'}`,
    )
  await list.run('tcb-status', isAccepted, () => tcbStatus)
  const { acceptedAdvisories } = policy
  if (!acceptedAdvisories) list.skip('advisories', `the policy does not ask; ${advisoryIds.join(', ') || 'none apply'}`)
  else {
    const open = advisoryIds.filter((id) => !acceptedAdvisories.includes(id))
    const check = () => demand(open.length === 0, `not accepted: ${open.join(', ')}`)
    await list.run('advisories', check, () => advisoryIds.join(', ') || 'none apply')
  }
  return { tcbStatus, advisoryIds }
}

/** That the collateral is of a late enough evaluation. */
export async function checkEvaluation(
  list: Checklist,
  documents: { tcbEvaluationDataNumber: number }[],
  minimum: number | undefined,
): Promise<void> {
  if (minimum === undefined) {
    list.skip('tcb-evaluation', 'the policy does not ask')
    return
  }
  if (documents.length < 2) return
  const oldest = Math.min(...documents.map((document) => document.tcbEvaluationDataNumber))
  const check = () => demand(oldest >= minimum, `evaluation ${oldest}, the policy wants ${minimum}`)
  await list.run('tcb-evaluation', check, () => `evaluation ${oldest}`)
}
