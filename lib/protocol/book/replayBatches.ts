import { keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { fold } from '../auction/accumulator'
import { ZERO_HASH } from '../constants'
import { SubrosaError } from '../errors'
import { cancelAllLeaf, orderCancelLeaf, orderLeaf } from './leaf'
import type { BookDomain } from './market'

/** An order as its event has it. `sealed` is the 257-byte blob. PROTOCOL.md section 11. */
export interface PlacedOrder {
  type: 'OrderPlaced'
  id: Hex
  trader: Address
  batchId: bigint
  seq: number
  keyId: Hex
  x: bigint
  y: bigint
  sealed: Hex
}

/** A cancellation as its event has it: `seq` is its own place among the leaves, `leaf` the order's. */
export interface CancelledOrder {
  type: 'OrderCancelled'
  id: Hex
  trader: Address
  batchId: bigint
  seq: number
  leaf: Hex
}

/** A trader's `cancelAll` as its event has it. */
export interface CancelledAll {
  type: 'AllCancelled'
  id: Hex
  trader: Address
  batchId: bigint
  seq: number
}

export type BookLeafEvent = PlacedOrder | CancelledOrder | CancelledAll

/**
 * An order with its leaf. `cancelledIn`: from that batch on it does not trade, by its own cancellation or a `cancelAll`;
 * null while it does. `cancelledAloneIn`: the batch of its own cancellation, which is what storage keeps with it.
 */
export type ReplayedOrder = Omit<PlacedOrder, 'type' | 'id'> & {
  leaf: Hex
  cancelledIn: bigint | null
  cancelledAloneIn: bigint | null
}

/** A used batch: its orders and the leaves that stop trading with it, in seq order, and what its leaves fold to. */
export interface ReplayedBatch {
  batchId: bigint
  orders: ReplayedOrder[]
  cancelled: Hex[]
  acc: Hex
  count: number
}

/**
 * Replays a market's orders and cancellations and folds the leaves of each batch, so that they can be held against the
 * accumulators in the contract's storage. PROTOCOL.md section 11.
 *
 * @param events Those of this market from its beginning, in the chain's order.
 * @returns The used batches, in order.
 * @throws SubrosaError HISTORY_MISMATCH where the events cannot be one market's full list.
 */
export function replayBatches(domain: BookDomain, id: Hex, events: readonly BookLeafEvent[]): ReplayedBatch[] {
  const batches: ReplayedBatch[] = []
  const orders = new Map<Hex, ReplayedOrder>()
  /** Of each trader, orders that no `cancelAll` has reached yet. */
  const open = new Map<string, ReplayedOrder[]>()
  for (const event of events) {
    const { batchId, seq } = event
    if (event.id.toLowerCase() !== id.toLowerCase()) throw mismatch(`an event of ${event.id} among those of ${id}`)
    let batch = batches.at(-1)
    if (!batch || batch.batchId < batchId) {
      batch = { batchId, orders: [], cancelled: [], acc: ZERO_HASH, count: 0 }
      batches.push(batch)
    }
    if (batch.batchId !== batchId) throw mismatch(`a leaf of batch ${batchId} behind those of batch ${batch.batchId}`)
    if (seq !== batch.count) throw mismatch(`leaf ${batch.count} of batch ${batchId} is missing`)
    if (event.type === 'OrderPlaced') {
      const order = replayedOrder(domain, event)
      orders.set(order.leaf, order)
      batch.orders.push(order)
      batch.acc = fold(batch.acc, order.leaf)
      const trader = event.trader.toLowerCase()
      const known = open.get(trader)
      if (known) known.push(order)
      else open.set(trader, [order])
    } else if (event.type === 'AllCancelled') {
      cancelAll(batch, event)
      batch.acc = fold(batch.acc, cancelAllLeaf(domain, event))
    } else {
      const order = orders.get(event.leaf.toLowerCase() as Hex)
      if (!order || order.cancelledAloneIn !== null || order.trader.toLowerCase() !== event.trader.toLowerCase()) {
        throw mismatch(`leaf ${seq} of batch ${batchId} cancels ${event.leaf}, which is not a live order of its sender`)
      }
      order.cancelledAloneIn = batchId
      cancel(batch, order)
      batch.acc = fold(batch.acc, orderCancelLeaf(domain, event))
    }
    batch.count += 1
  }
  return batches

  /** Those of its own batch are not reached: they wait for a later one. */
  function cancelAll(batch: ReplayedBatch, { trader }: CancelledAll): void {
    const key = trader.toLowerCase()
    const all = open.get(key) ?? []
    for (const order of all) if (order.batchId < batch.batchId) cancel(batch, order)
    open.set(
      key,
      all.filter((order) => order.batchId >= batch.batchId),
    )
  }
}

/** What was cancelled already stays so from where it was. */
function cancel(batch: ReplayedBatch, order: ReplayedOrder): void {
  if (order.cancelledIn !== null) return
  order.cancelledIn = batch.batchId
  batch.cancelled.push(order.leaf)
}

function replayedOrder(domain: BookDomain, event: PlacedOrder): ReplayedOrder {
  const { id, trader, batchId, seq, keyId, x, y, sealed } = event
  const leaf = orderLeaf(domain, { id, batchId, seq, trader, keyId, x, y, sealedHash: keccak256(sealed) })
  return { trader, batchId, seq, keyId, x, y, sealed, leaf, cancelledIn: null, cancelledAloneIn: null }
}

function mismatch(details: string): SubrosaError {
  return new SubrosaError('HISTORY_MISMATCH', { details })
}
