import type { Hex } from 'viem'
import type { Disposition } from '../auction/outcome'
import { deriveBlinding } from '../commitment/blinding'
import { SubrosaError } from '../errors'
import type { ProofBackend } from './backend'
import type { RandomBytes } from './blinded'
import { checkBlob, proveBlob } from './blobProof'
import { bundleHash, encodeBundle, type BundleEntry } from './bundle'
import { extraCommitOf, isFirstPrice, sealContextOf, type ProofContext, type ProvenBid } from './context'
import { proveRange } from './range'
import { ROW, type Row } from './rows'
import { needsCoverage, rangeStatementOf } from './statements'

/** What only the enclave has. Never in a log, an answer or a file. */
export interface ProofSecrets {
  /** The sealing key: a scalar of P-256. */
  sealingScalar: bigint
  /** 32 bytes, derived from the enclave's key for this alone. */
  nonceSecret: Uint8Array
}

/** A live bid as the enclave knows it. */
export interface JudgedBid extends ProvenBid {
  /** What its blob holds; null for an invalid one. */
  opening: { price: number; quantity: number; rho: Hex } | null
  disposition: Exclude<Disposition, 'cancelled'>
}

/** One proof to be made: plain data, so that a worker can be given it. Holds a secret bid. */
export interface ProofTask {
  bid: JudgedBid
  row: Row
}

/** Makes proofs, in whatever order and on however many threads: for each task what `makeProof` gives. */
export type ProofRunner = (context: ProofContext, tasks: ProofTask[]) => AsyncIterable<BundleEntry | null>

function rowsOf(context: ProofContext, bid: JudgedBid): Row[] {
  switch (bid.disposition) {
    case 'won':
      if (isFirstPrice(context.params)) return [ROW.wonOpened]
      return needsCoverage(context, bid) ? [ROW.wonPrice, ROW.wonCovered] : [ROW.wonPrice]
    case 'lost':
      return [bid.seq === context.runnerUpSeq ? ROW.runnerUp : ROW.lost]
    case 'below-reserve':
      return [ROW.belowReserve]
    case 'uncovered':
      return [ROW.uncovered]
    case 'invalid':
      return [ROW.invalid]
  }
}

/** The proofs that a settlement takes, in the bundle's order. */
export function planProofs(context: ProofContext, bids: readonly JudgedBid[]): ProofTask[] {
  return [...bids].sort((a, b) => a.seq - b.seq).flatMap((bid) => rowsOf(context, bid).map((row) => ({ bid, row })))
}

/**
 * Makes one proof, 1 to 60 ms.
 * @param random Blinds secret scalars while they are used; the proof is the same with any.
 * @returns null for a bid that is invalid on public evidence, which takes no proof.
 * @throws SubrosaError INTERNAL where what is to be proven is false.
 */
export function makeProof(
  backend: ProofBackend,
  context: ProofContext,
  secrets: ProofSecrets,
  { bid, row }: ProofTask,
  random: RandomBytes,
): BundleEntry | null {
  const { seq, opening } = bid
  // Without a proof of knowledge the blob's point may be another bidder's: no key is ever computed for it.
  if (row === ROW.invalid && !checkBlob(context, bid).ok) return null
  const extraCommit = extraCommitOf(context, seq, row)
  const statement = rangeStatementOf(context, bid, row)
  if (statement === null) return { seq, row, proof: proveBlob(context, bid, secrets, extraCommit, random) }
  if (opening === null) throw new SubrosaError('INTERNAL', { details: `bid ${seq} has no opening to prove from` })
  const { chainId, contract, kind, id } = sealContextOf(context)
  const fields = { chainId, contract, kind, id, trader: bid.bidder, flags: 0, minFill: 0, expiryBatch: 0 }
  const known = { ...bid, ...opening, blinding: deriveBlinding({ ...fields, rho: opening.rho }) }
  return { seq, row, proof: proveRange(backend, statement, known, extraCommit, secrets.nonceSecret) }
}

/** Makes one proof after the other on this thread; others get a turn between two. */
export function proveHere(backend: ProofBackend, secrets: ProofSecrets, random: RandomBytes): ProofRunner {
  return async function* (context, tasks) {
    for (const task of tasks) {
      yield makeProof(backend, context, secrets, task, random)
      await new Promise<void>((resolve) => setTimeout(resolve, 0))
    }
  }
}

/**
 * A settlement's bundle and its hash, the settlement's `proofHash`. Deterministic: the same chain, keys and outcome give
 * the same bytes, whoever's threads made them. PROTOCOL.md section 8.
 *
 * @param bids Every live bid, with what `outcome` made of it.
 */
export async function proveSettlement(
  context: ProofContext,
  bids: readonly JudgedBid[],
  options: { run: ProofRunner; onProgress?: (progress: { done: number; total: number }) => void },
): Promise<{ bundle: Uint8Array; proofHash: Hex }> {
  const tasks = planProofs(context, bids)
  const entries: BundleEntry[] = []
  let done = 0
  for await (const entry of options.run(context, tasks)) {
    if (entry) entries.push(entry)
    options.onProgress?.({ done: ++done, total: tasks.length })
  }
  entries.sort((a, b) => a.seq - b.seq || a.row - b.row)
  const { id, round } = context.settlement
  const bundle = encodeBundle({ auction: id, round, entries })
  return { bundle, proofHash: bundleHash(bundle) }
}
