import { keccak256, type Hex } from 'viem'
import type { BookEventOf } from '../../chain/book/events'
import { batchKey, type BatchTip, type MarketTip } from '../../db/book/tips'
import { toDecimal } from '../../db/numbers'
import { fold as foldLeaf } from '../../protocol/auction/accumulator'
import { orderCancelLeaf, orderLeaf } from '../../protocol/book/leaf'
import { ZERO_HASH } from '../../protocol/constants'
import { IndexGapError } from '../errors'
import { placeOf } from './placeOf'
import type { BookFold } from './toBookRows'

type LeafEvent = BookEventOf<'OrderPlaced' | 'OrderCancelled'>

/** An order or a cancellation. The first of a batch brings the batch's row. */
export function addBookLeaf(fold: BookFold, event: LeafEvent, market: MarketTip): void {
  const { rows, tips } = fold
  const [marketId, { batchId, seq, blockHash }] = [event.id.toLowerCase(), event]
  const key = batchKey({ marketId, batchId })
  const before = tips.batches.get(key)
  const due = before?.count ?? 0
  if (seq !== due) {
    throw new IndexGapError(marketId, `batch ${batchId} of ${event.id} has leaf ${seq} where ${due} was due`)
  }
  const { row, leaf, keyId, orders } =
    event.type === 'OrderPlaced' ? placed(fold, event) : cancelled(fold, event, before)
  const acc = foldLeaf((before?.acc ?? ZERO_HASH) as Hex, leaf)
  const orderCount = (before?.orders ?? 0) + orders
  if (!before) {
    const endsAt = market.startsAt + batchId * market.batchLength
    // What follows from the leaves is put right once they are there.
    rows.batches.push({ marketId, batchId, blockHash, endsAt, acc: ZERO_HASH, keyId })
  }
  const trader = event.trader.toLowerCase()
  rows.bookLeaves.push({ marketId, batchId, seq, ...placeOf(event), trader, leaf, acc, orderCount, keyId, ...row })
  tips.batches.set(key, { acc, count: seq + 1, orders: orderCount, keyId })
  if (event.type === 'OrderPlaced') tips.orderKeys.set(leaf, keyId)
}

function placed({ domain }: BookFold, event: BookEventOf<'OrderPlaced'>) {
  const sealedHash = keccak256(event.sealed)
  const leaf = orderLeaf(domain, { ...event, sealedHash })
  const sealed = Buffer.from(event.sealed.slice(2), 'hex')
  const row = { x: toDecimal(event.x), y: toDecimal(event.y), sealed, sealedHash, cancelledLeaf: null }
  return { row, leaf, keyId: event.keyId.toLowerCase(), orders: 1 }
}

/** A batch that begins with a cancellation is for the key that the cancelled order's batch is for. */
function cancelled({ domain, tips }: BookFold, event: BookEventOf<'OrderCancelled'>, before: BatchTip | undefined) {
  const cancelledLeaf = event.leaf.toLowerCase()
  const keyId = before?.keyId ?? tips.orderKeys.get(cancelledLeaf)
  if (keyId === undefined || !tips.orderKeys.has(cancelledLeaf)) {
    throw new IndexGapError(event.id.toLowerCase(), `a cancellation of order ${event.leaf}, which is not indexed`)
  }
  const leaf = orderCancelLeaf(domain, event)
  return { row: { cancelledLeaf, x: null, y: null, sealed: null, sealedHash: null }, leaf, keyId, orders: 0 }
}
