import { setImmediate } from 'node:timers/promises'
import { bytesToHex, type Hex } from 'viem'
import type { AuctionParams } from '../../protocol/auction/params'
import type { Outcome } from '../../protocol/auction/outcome'
import type { AuctionSettlement } from '../../protocol/auction/settlement'
import { isFirstPrice, type ProofContext } from '../../protocol/proof/context'
import {
  proveSettlement,
  type JudgedBid,
  type ProofSecrets,
  type ProofTask,
} from '../../protocol/proof/proveSettlement'
import { shareTasks } from '../../protocol/proof/shareTasks'
import { unpackSealed } from '../bids/packedBids'
import type { ClosedAuction } from '../chainReader'
import type { Openings } from '../opening/openBids'
import type { Threads } from '../opening/pool'

/** Proofs of one bundle at most: 26 MB, or twice that where most are below the reserve. */
const MAX_PROOFS = 10_000
/** What a proof takes where one slow thread makes them all. */
const SECONDS_A_PROOF = 0.1
/** Bids made ready before others get a turn. */
const BATCH = 64

export type Proven = { bundle: Uint8Array; proofHash: Hex }

/**
 * Whether an auction's bids are few enough to prove: in half of the time there is to settle, and in bounded memory.
 * Decided by the auction alone, so that a settlement stays a pure function of the chain.
 *
 * @param live Bids that count.
 */
export function isProvable(
  { closesAt, settleBy }: Pick<AuctionParams, 'closesAt' | 'settleBy'>,
  live: number,
): boolean {
  return live <= Math.min(MAX_PROOFS, Number(settleBy - closesAt) / 2 / SECONDS_A_PROOF)
}

export type BundleTask = {
  closed: ClosedAuction
  openings: Openings
  result: Outcome
  /** `proofHash` plays no part. */
  settlement: AuctionSettlement
  sealingKey: Uint8Array
  secrets: ProofSecrets
}

/**
 * The proofs of a settlement, made on the pool's threads. PROTOCOL.md section 8.
 *
 * @returns null for an auction that is not `isProvable`: it settles without proofs, rather than not at all.
 */
export async function makeBundle(
  threads: Threads,
  { closed, openings, result, settlement, sealingKey, secrets }: BundleTask,
  onProgress?: (made: number, total: number) => void,
): Promise<Proven | null> {
  const { params, domain, bids } = closed
  if (!isProvable(params, bids.live)) return null
  const context: ProofContext = {
    ...{ domain, params, settlement, sealingKey: bytesToHex(sealingKey) },
    winnerSeq: result.winners[0]?.seq ?? null,
    runnerUpSeq: isFirstPrice(params) ? null : result.runnerUpSeq,
  }
  // One for each thread; the pool gives each job to whichever is free.
  const workers = Array.from(
    { length: threads.size },
    () => (given: ProofContext, tasks: ProofTask[]) => threads.prove({ context: given, secrets, tasks }),
  )
  const run = shareTasks(workers)
  const judged = await judgedBids(closed, openings, result)
  return proveSettlement(context, judged, { run, onProgress: ({ done, total }) => onProgress?.(done, total) })
}

async function judgedBids({ bids }: ClosedAuction, openings: Openings, result: Outcome): Promise<JudgedBid[]> {
  const judged: JudgedBid[] = []
  for (let position = 0; position < bids.size; ++position) {
    const disposition = result.dispositions[position]
    if (disposition === undefined || disposition === 'cancelled') continue
    const { seq, bidder, collateral, x, y } = bids.at(position)
    const sealed = bytesToHex(unpackSealed(bids.record(position)).sealed)
    judged.push({ seq, bidder, collateral, x, y, sealed, opening: openings.at(position), disposition })
    if (judged.length % BATCH === 0) await setImmediate()
  }
  return judged
}
