import { keccak256, type Hex } from 'viem'
import { bookLogPages } from '../../chain/book/bookLogs'
import type { AllCancelled, OrderCancelled, OrderPlaced } from '../../chain/book/events'
import type { ChainConnection } from '../../chain/connection'
import { bookDomain, type Deployment } from '../../chain/deployment'
import type { BatchState } from '../../chain/book/batchState'
import { fold } from '../../protocol/auction/accumulator'
import { cancelAllLeaf, orderCancelLeaf, orderLeaf } from '../../protocol/book/leaf'
import { SEALED_BID_LENGTH } from '../../protocol/constants'
import { SubrosaError } from '../../protocol/errors'
import { newBatch, type MarketHistory, type UsedBatch } from './marketHistory'

const LEAVES = ['OrderPlaced', 'OrderCancelled', 'AllCancelled'] as const

/** Batches' words, proven in the last block that is read. */
export type ProveBatches = (ids: bigint[]) => Promise<Map<bigint, BatchState>>

/**
 * Reads the leaves of a market that are new since `history` and holds them against what storage is proven to have:
 * each batch's `acc` and `count`. Every page's batches are proven before its leaves are kept, so that a node cannot
 * fill the memory with leaves that storage does not count. PROTOCOL.md section 11.
 *
 * @returns The batches that got leaves, whole, as they are after them; `history` stays as it is.
 * @throws SubrosaError HISTORY_MISMATCH where they are not the chain's; RPC_UNAVAILABLE.
 */
export async function readLeaves(
  connection: Pick<ChainConnection, 'readLogs'>,
  deployment: Deployment,
  history: MarketHistory,
  { toBlock, proveBatches }: { toBlock: bigint; proveBatches: ProveBatches },
): Promise<Map<bigint, UsedBatch>> {
  const domain = bookDomain(deployment)
  const changed = new Map<bigint, UsedBatch>()
  const filter = { id: history.id, types: LEAVES, fromBlock: history.next, toBlock }
  for await (const { events } of bookLogPages(connection, deployment, filter)) {
    const unproven = [...new Set(events.map(({ batchId }) => batchId))].filter((batchId) => !changed.has(batchId))
    for (const [batchId, state] of await proveBatches(unproven)) {
      const known = history.batches.get(batchId)
      changed.set(batchId, known ? copyOf(known, state) : newBatch(batchId, state))
    }
    for (const event of events) take(event)
  }
  for (const { id, acc, count, state } of changed.values()) {
    if (acc === state.acc && count === state.count) continue
    throw mismatch(`batch ${id}: ${count} leaves fold to ${acc}, storage has ${state.count} and ${state.acc}`)
  }
  return changed

  function take(event: OrderPlaced | OrderCancelled | AllCancelled): void {
    const batch = changed.get(event.batchId)
    if (!batch || event.seq !== batch.count || batch.count >= batch.state.count) {
      throw mismatch(`batch ${event.batchId}: leaf ${batch?.count} is missing`)
    }
    batch.acc = fold(batch.acc, leafOf(batch, event))
    batch.count += 1
  }

  function leafOf(batch: UsedBatch, event: OrderPlaced | OrderCancelled | AllCancelled): Hex {
    if (event.type === 'OrderPlaced') return place(batch, event)
    return event.type === 'OrderCancelled' ? cancel(batch, event) : cancelAll(batch, event)
  }

  function place(batch: UsedBatch, { id, batchId, seq, trader, keyId, x, y, sealed }: OrderPlaced): Hex {
    if (sealed.length !== 2 + 2 * SEALED_BID_LENGTH) throw mismatch(`the blob of leaf ${seq} has no such length`)
    const sealedHash = keccak256(sealed)
    const leaf = orderLeaf(domain, { id, batchId, seq, trader, keyId, x, y, sealedHash })
    batch.orders.push({ leaf, batchId, seq, trader, keyId, x, y, sealed })
    return leaf
  }

  function cancel(batch: UsedBatch, { id, batchId, seq, trader, leaf }: OrderCancelled): Hex {
    batch.cancellations.push({ batchId, seq, leaf })
    return orderCancelLeaf(domain, { id, batchId, seq, trader, leaf })
  }

  function cancelAll(batch: UsedBatch, { id, batchId, seq, trader }: AllCancelled): Hex {
    batch.cancellations.push({ batchId, seq, all: trader })
    return cancelAllLeaf(domain, { id, batchId, seq, trader })
  }
}

function copyOf(batch: UsedBatch, state: BatchState): UsedBatch {
  return { ...batch, state, orders: [...batch.orders], cancellations: [...batch.cancellations] }
}

function mismatch(details: string): SubrosaError {
  return new SubrosaError('HISTORY_MISMATCH', { details })
}
