import { bytesToHex } from '@noble/hashes/utils.js'
import { Checklist } from './checklist'
import { policyScope } from './completePolicy'
import { equalBytes } from './equalBytes'
import type { BootFacts } from './eventLog/bootFacts'
import type { AttestationPolicy } from './policy'
import { parseQuote, type Quote } from './quote/parseQuote'
import { demand } from './rejection'
import { reportDataOf, type RegistryEntry } from './reportData'
import { checkChains, checkSignatures, type Certified } from './stages/chains'
import { checkCrls } from './stages/crls'
import { checkEventLog } from './stages/eventLog'
import { checkAllowed, checkMeasurements } from './stages/measurements'
import { checkEvaluation, checkModule, checkQe, checkStatus, checkTcbInfo } from './stages/tcb'
import { parseCollateral, type Collateral } from './tcb/collateral'
import type { TrustedRoot } from './trustedRoot'
import { summarize, type Verdict } from './verdict'

/** What an enclave shows for itself, and what it is held against. */
export interface EvidenceRequest {
  /** As the machine gave it. */
  quote: Uint8Array
  /** Parsed JSON in the field names of Intel's clients; see `Collateral`. */
  collateral: unknown
  /** Parsed JSON: dstack's list of events. Without it nothing is known of the app. */
  eventLog?: unknown
  /** Unix seconds: the time that everything must be valid at. */
  at: number
  root: TrustedRoot
  policy: AttestationPolicy
  /** The registry's entry that the quote must be about. */
  registryEntry?: RegistryEntry
}

async function checkCollateral(
  list: Checklist,
  { quote, collateral, certified }: { quote: Quote; collateral: Collateral; certified: Certified },
  { at, policy }: EvidenceRequest,
) {
  const { pck, crlIssuer, tcbInfo, qeIdentity, platform } = certified
  if (pck && crlIssuer && tcbInfo && qeIdentity)
    await checkCrls(list, { pck, crlIssuer, signers: [tcbInfo, qeIdentity] }, collateral, at)
  const tcb = tcbInfo && (await checkTcbInfo(list, { quote, collateral, signer: tcbInfo, platform, at }))
  const qe = qeIdentity && (await checkQe(list, { quote, collateral, signer: qeIdentity, at }))
  const module = await checkModule(list, quote, tcb?.info)
  const documents = [tcb?.info ?? [], qe?.identity ?? []].flat()
  await checkEvaluation(list, documents, policy.minimumTcbEvaluationDataNumber)
  return checkStatus(list, { platform: tcb?.level, module, qe: qe?.level }, policy)
}

async function checkStatement(list: Checklist, { report }: Quote, request: EvidenceRequest): Promise<void> {
  const { policy, registryEntry } = request
  await checkAllowed(
    list,
    'report-data',
    bytesToHex(report.reportData),
    policy.reportData === undefined ? undefined : [policy.reportData],
  )
  if (!registryEntry) {
    list.skip('registry-entry', 'not asked for')
    return
  }
  const check = () =>
    demand(equalBytes(reportDataOf(registryEntry), report.reportData), 'the entry is of other keys, times or people')
  await list.run('registry-entry', check, () => `signer ${registryEntry.signer}, epoch ${registryEntry.epoch}`)
}

/** The quote says nothing of the app by itself: without an event log that proves which one it is, no entry is met. */
async function checkApp(list: Checklist, app: BootFacts | null, entry: RegistryEntry | undefined): Promise<void> {
  if (!entry) {
    list.skip('registry-app', 'not asked for')
    return
  }
  const check = () => {
    demand(app !== null, 'no event log proves which app the machine runs')
    demand(`0x${app.appId}` === entry.appId.toLowerCase(), `it runs ${app.appId}, the entry is of ${entry.appId}`)
  }
  await list.run('registry-app', check, () => entry.appId)
}

/**
 * Verifies an enclave's evidence: every check of PROTOCOL.md section 10, in that order, each with its own result. Evidence that
 * does not hold gives a verdict that says so, never an error; what an earlier failure leaves nothing to look at is not reached, and
 * counts against it.
 *
 * @example
 * const verdict = await verifyEvidence({ quote, collateral, at: 1750809600, root: INTEL_ROOT, policy: parseCompletePolicy(json) })
 */
export async function verifyEvidence(request: EvidenceRequest): Promise<Verdict> {
  const { root, policy, at } = request
  const list = new Checklist()
  const quote = await list.run(
    'quote-structure',
    () => parseQuote(request.quote),
    ({ version, tee, length }) => `${tee.toUpperCase()} quote, version ${version}, ${length} bytes`,
  )
  const collateral = await list.run(
    'collateral-structure',
    () => parseCollateral(request.collateral),
    () => 'complete',
  )
  const certified = quote && collateral && (await checkChains(list, { quote, collateral, root, at }))
  if (quote && certified?.pck) await checkSignatures(list, quote, certified.pck)
  const status = certified && (await checkCollateral(list, { quote, collateral, certified }, request))
  if (quote) {
    await checkMeasurements(list, quote, policy)
    await checkStatement(list, quote, request)
  }
  const app = quote ? await checkEventLog(list, quote, request.eventLog, policy) : null
  await checkApp(list, app, request.registryEntry)
  const { ok, code, checks, validUntil } = list.finish()
  return {
    ok,
    policy: policyScope(policy),
    code,
    root: root.name,
    tcbStatus: status?.tcbStatus ?? null,
    advisoryIds: status?.advisoryIds ?? [],
    checks,
    report: quote ? summarize(quote) : null,
    app,
    validUntil,
  }
}
