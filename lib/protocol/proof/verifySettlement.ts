import type { ReplayedBid } from '../auction/replayLeaves'
import type { ProofBackend } from './backend'
import { checkBlob } from './blobProof'
import { bundleHash, decodeBundle, type Bundle } from './bundle'
import { checkChain } from './chainChecks'
import type { Check } from './check'
import type { ProofContext } from './context'
import type { SettlementEvidence } from './evidence'
import { verifyBid, type BidTask, type BidVerdict } from './verifyBid'

export interface SettlementVerdict {
  /** Everything was checked, and nothing is wrong. False where proofs are missing: nothing is taken on trust. */
  ok: boolean
  checks: Check[]
  /** Bids ever placed. */
  bids: number
  /** Live bids that are invalid, on public evidence or shown open. */
  invalid: number
  /** What could not be checked for want of proofs: `bid:<seq>` for a bid, `bundle` first where nobody had it. */
  unproven: string[]
}

/** Judges bids, in whatever order and on however many threads, and gives a verdict for each. */
export type BidRunner = (context: ProofContext, tasks: BidTask[]) => AsyncIterable<BidVerdict>

export interface VerifyOptions {
  /** `runHere(backend)`, or one that shares the tasks among workers, each with a backend of its own. */
  run: BidRunner
  /** Told after every bid. */
  onProgress?: (progress: { done: number; total: number; verdict: BidVerdict }) => void
  signal?: AbortSignal
}

/** Judges one bid after the other on this thread; others get a turn between two, each of which takes 10 to 60 ms. */
export function runHere(backend: ProofBackend): BidRunner {
  return async function* (context, tasks) {
    for (const task of tasks) {
      yield verifyBid(backend, context, task)
      await new Promise<void>((resolve) => setTimeout(resolve, 0))
    }
  }
}

function readBundle(evidence: SettlementEvidence, bytes: Uint8Array): { checks: Check[]; bundle: Bundle | null } {
  const hash = bundleHash(bytes)
  if (hash !== evidence.settlement.proofHash) {
    const detail = `the bundle hashes to ${hash}, the settlement names ${evidence.settlement.proofHash}`
    return { checks: [{ name: 'bundle-hash', ok: false, detail }], bundle: null }
  }
  const named = { name: 'bundle-hash', ok: true, detail: 'the bundle is the one that was signed for' }
  const decoded = decodeBundle(bytes)
  const format = (ok: boolean, detail: string) => [named, { name: 'bundle-format', ok, detail }]
  if (!decoded.ok) return { checks: format(false, decoded.reason), bundle: null }
  const { bundle } = decoded
  const { id, round } = evidence.settlement
  if (bundle.auction !== id || bundle.round !== round) {
    return { checks: format(false, 'the bundle is of another auction or round'), bundle: null }
  }
  return { checks: format(true, `${bundle.entries.length} proofs, ${bytes.length} bytes`), bundle }
}

function tasksOf({ openings }: SettlementEvidence, live: readonly ReplayedBid[], bundle: Bundle): BidTask[] {
  const proofs = new Map<number, BidTask['proofs']>(live.map(({ seq }) => [seq, []]))
  for (const { seq, row, proof } of bundle.entries) proofs.get(seq)?.push({ row, proof })
  return live.map(({ seq, bidder, collateral, x, y, sealed }) => ({
    bid: { seq, bidder, collateral, x, y, sealed },
    proofs: proofs.get(seq) ?? [],
    opened: openings.find((opening) => opening.seq === seq) ?? null,
  }))
}

/** Proofs about bids that are not there, or no longer, would be bytes that say nothing. */
function strayCheck(live: readonly ReplayedBid[], { entries }: Bundle): Check {
  const seqs = new Set(live.map(({ seq }) => seq))
  const stray = entries.find(({ seq }) => !seqs.has(seq))
  const detail = stray ? `a proof about ${stray.seq}, which is no live bid` : 'every proof is about a live bid'
  return { name: 'bundle-rows', ok: !stray, detail }
}

async function verifyBids(context: ProofContext, tasks: BidTask[], options: VerifyOptions): Promise<BidVerdict[]> {
  const verdicts = new Map<number, BidVerdict>()
  for await (const verdict of options.run(context, tasks)) {
    options.signal?.throwIfAborted()
    verdicts.set(verdict.seq, verdict)
    options.onProgress?.({ done: verdicts.size, total: tasks.length, verdict })
  }
  const silent = { ok: false, disposition: null, detail: 'not judged' }
  return tasks.map(({ bid: { seq } }) => verdicts.get(seq) ?? { seq, ...silent })
}

/** What the chain alone says of the bids: a bid that is invalid on public evidence needs no proof. */
function withoutProofs(evidence: SettlementEvidence, live: readonly ReplayedBid[]) {
  const verdicts: BidVerdict[] = []
  const unproven: string[] = []
  const [winnerSeq, openedSeq] = [evidence.winners[0]?.seq, evidence.openings[0]?.seq]
  const context = { ...evidence, winnerSeq: null, runnerUpSeq: null }
  for (const bid of live) {
    const checked = checkBlob(context, bid)
    if (checked.ok) {
      unproven.push(`bid:${bid.seq}`)
      continue
    }
    const ok = bid.seq !== winnerSeq && bid.seq !== openedSeq
    const detail = `invalid on public evidence: ${checked.reason}${ok ? '' : ', and yet the settlement counts it'}`
    verdicts.push({ seq: bid.seq, ok, disposition: 'invalid', detail })
  }
  return { verdicts, unproven }
}

/**
 * Whether a settlement follows PROTOCOL.md section 6, from chain data and the enclave's proofs alone: the enclave, its
 * operator and this project are trusted for nothing. What each check means: docs/proofs.md.
 *
 * Takes about 15 to 30 ms a bid and thread. Bad proofs never throw; aborting does, with the signal's reason, since an
 * interrupted audit has no verdict.
 *
 * @example
 * const backend = await loadProofBackend()
 * const verdict = await verifySettlement(evidence, { run: runHere(backend) })
 */
export async function verifySettlement(
  evidence: SettlementEvidence,
  options: VerifyOptions,
): Promise<SettlementVerdict> {
  options.signal?.throwIfAborted()
  const { checks, leaves, context } = await checkChain(evidence)
  const bids = leaves?.bids.length ?? 0
  if (!leaves) return { ok: false, checks, bids, invalid: 0, unproven: ['bids'] }

  const { live } = leaves
  let verdicts: BidVerdict[] = []
  let unproven: string[] = []
  let bundle: Bundle | null = null
  if (evidence.bundle) {
    const read = readBundle(evidence, evidence.bundle)
    checks.push(...read.checks)
    bundle = read.bundle
  }
  if (bundle && context) {
    checks.push(strayCheck(live, bundle))
    verdicts = await verifyBids(context, tasksOf(evidence, live, bundle), options)
  } else {
    ;({ verdicts, unproven } = withoutProofs(evidence, live))
    if (!evidence.bundle && unproven.length > 0) unproven.unshift('bundle')
  }
  checks.push(...verdicts.map(({ seq, ok, detail }) => ({ name: `bid:${seq}`, ok, detail })))
  const invalid = verdicts.filter(({ disposition }) => disposition === 'invalid').length
  const ok = unproven.length === 0 && checks.every((entry) => entry.ok)
  return { ok, checks, bids, invalid, unproven }
}
