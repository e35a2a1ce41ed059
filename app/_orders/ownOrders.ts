import type { Hex } from 'viem'
import type { BookEvent } from '../../lib/chain/book/events'
import { foldBatches } from './foldBatches'

/** What a batch's settlement gave an order: lots at `price` ticks. */
export type OrderFill = { batchId: number; lots: number; price: number; sell: boolean; final: boolean }

/** One of a trader's own orders, as the chain tells it; what it says is for `useOpenedOrders`. */
export type OwnOrder = {
  leaf: Hex
  /** The batch that it came into. */
  batchId: number
  seq: number
  keyId: Hex
  x: bigint
  y: bigint
  sealed: Hex
  transactionHash: Hex
  block: bigint
  /** From that batch on it does not trade, cancelled alone or with all others; null where nobody cancelled it. */
  cancelledIn: number | null
  /** Batches that filled it and were not struck, in order. */
  fills: OrderFill[]
  /** The batch that it came into was never settled: nothing traded there. */
  inVoidBatch: boolean
}

/** Lots of an order that were filled so far. */
export function filledLots({ fills }: Pick<OwnOrder, 'fills'>): number {
  return fills.reduce((sum, { lots }) => sum + lots, 0)
}

/**
 * One trader's orders, in the order of their coming, from his own events and those of the market's batches.
 *
 * @param events In the order of the chain; those of other traders are passed over.
 * @param leafOf The leaf of an order. PROTOCOL.md section 11.
 */
export function foldOwnOrders(
  events: readonly BookEvent[],
  leafOf: (event: Extract<BookEvent, { type: 'OrderPlaced' }>) => Hex,
): OwnOrder[] {
  const orders = new Map<Hex, OwnOrder>()
  for (const event of events) {
    switch (event.type) {
      case 'OrderPlaced': {
        const { batchId, seq, keyId, x, y, sealed, transactionHash, blockNumber: block } = event
        const leaf = leafOf(event)
        const place = { leaf, batchId: Number(batchId), seq, keyId, x, y, sealed, transactionHash, block }
        orders.set(leaf, { ...place, cancelledIn: null, fills: [], inVoidBatch: false })
        break
      }
      case 'OrderCancelled': {
        const order = orders.get(event.leaf)
        if (order) order.cancelledIn ??= Number(event.batchId)
        break
      }
      case 'AllCancelled':
        for (const order of orders.values()) {
          if (order.batchId < Number(event.batchId)) order.cancelledIn ??= Number(event.batchId)
        }
        break
      case 'BatchVoided':
        for (const order of orders.values()) if (order.batchId === Number(event.batchId)) order.inVoidBatch = true
        break
    }
  }
  for (const [batchId, { price, fills, final }] of foldBatches(events)) {
    for (const { leaf, lots, sell } of fills) orders.get(leaf)?.fills.push({ batchId, lots, price, sell, final })
  }
  return [...orders.values()]
}
