import type { Hex } from 'viem'
import { check, type Check, type Finding } from '../proof/check'
import { checkPublicly } from '../sealing/publicCheck'
import type { BatchEvidence } from './batchEvidence'
import type { ReplayedBatch, ReplayedOrder } from './replayBatches'
import type { StandingBatch } from './replaySettlements'
import { orderContext } from './sealOrder'

export interface BlobOptions {
  /** Told after every order. */
  onProgress?: (progress: { done: number; total: number }) => void
  signal?: AbortSignal
}

/**
 * The sealed blobs of the batch's own orders, and of all that were filled: one that fails on public evidence (length, point
 * prefix, proof of knowledge) is invalid, so a fill of it is wrong whatever it says. PROTOCOL.md sections 4 and 11, step 1.
 *
 * @returns `invalid`: leaves of the batch's own orders.
 */
export async function checkBlobs(
  { domain, marketId }: BatchEvidence,
  batch: ReplayedBatch,
  orders: ReadonlyMap<Hex, ReplayedOrder>,
  { log: { fills } }: StandingBatch,
  { onProgress, signal }: BlobOptions,
): Promise<{ check: Check; invalid: ReadonlySet<Hex> }> {
  const filled = new Set(fills.map(({ leaf }) => leaf))
  const judged = new Map(batch.orders.map((order) => [order.leaf, order]))
  for (const leaf of filled) {
    const order = orders.get(leaf)
    if (order) judged.set(leaf, order)
  }
  const invalid = new Set<Hex>()
  let done = 0
  let wrong: Finding = null
  for (const { leaf, batchId, trader, keyId, x, y, sealed } of judged.values()) {
    const checked = checkPublicly({ context: orderContext(domain, marketId, keyId), trader, x, y, sealed })
    if (!checked.ok) {
      if (batchId === batch.batchId) invalid.add(leaf)
      if (filled.has(leaf)) wrong ??= `${leaf} is invalid on public evidence (${checked.reason}), and was filled`
    }
    done += 1
    onProgress?.({ done, total: judged.size })
    // Others get a turn: each takes a few milliseconds.
    await new Promise<void>((resolve) => setTimeout(resolve, 0))
    signal?.throwIfAborted()
  }
  const left = invalid.size === 0 ? '' : `; ${invalid.size} of this batch are invalid, and got nothing`
  return { check: check('blobs', wrong, `${judged.size} sealed orders looked at${left}`), invalid }
}
