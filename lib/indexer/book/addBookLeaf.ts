import { keccak256, type Hex } from 'viem'
import type { BookEventOf } from '../../chain/book/events'
import { batchKey, type MarketTip } from '../../db/book/tips'
import { toDecimal } from '../../db/numbers'
import { fold as foldLeaf } from '../../protocol/auction/accumulator'
import { cancelAllLeaf, orderCancelLeaf, orderLeaf } from '../../protocol/book/leaf'
import { ZERO_HASH } from '../../protocol/constants'
import { IndexGapError } from '../errors'
import { placeOf } from './placeOf'
import type { BookFold } from './toBookRows'

type LeafEvent = BookEventOf<'OrderPlaced' | 'OrderCancelled' | 'AllCancelled'>

/** An order, a cancellation, or one of all orders. The first of a batch brings the batch's row. */
export function addBookLeaf(fold: BookFold, event: LeafEvent, market: MarketTip): void {
  const { rows, tips } = fold
  const [marketId, { batchId, seq, blockHash }] = [event.id.toLowerCase(), event]
  const key = batchKey({ marketId, batchId })
  const before = tips.batches.get(key)
  const due = before?.count ?? 0
  if (seq !== due) {
    throw new IndexGapError(marketId, `batch ${batchId} of ${event.id} has leaf ${seq} where ${due} was due`)
  }
  const { row, leaf } = leafOf(fold, event)
  const acc = foldLeaf((before?.acc ?? ZERO_HASH) as Hex, leaf)
  const isOrder = event.type === 'OrderPlaced'
  const orderCount = (before?.orders ?? 0) + (isOrder ? 1 : 0)
  // Orders of a batch are all sealed to its key; one of cancellations alone need have none.
  const keyId = isOrder ? event.keyId.toLowerCase() : (before?.keyId ?? ZERO_HASH)
  if (!before) {
    const endsAt = market.startsAt + batchId * market.batchLength
    // What follows from the leaves is put right once they are there.
    rows.batches.push({ marketId, batchId, blockHash, endsAt, acc: ZERO_HASH, keyId })
  }
  const trader = event.trader.toLowerCase()
  rows.bookLeaves.push({ marketId, batchId, seq, ...placeOf(event), trader, leaf, acc, orderCount, keyId, ...row })
  tips.batches.set(key, { acc, count: seq + 1, orders: orderCount, keyId })
  if (isOrder) tips.orders.add(leaf)
}

const NO_ORDER = { x: null, y: null, sealed: null, sealedHash: null }

function leafOf(fold: BookFold, event: LeafEvent) {
  if (event.type === 'OrderPlaced') return placed(fold, event)
  if (event.type === 'OrderCancelled') return cancelled(fold, event)
  return { row: { ...NO_ORDER, cancelledLeaf: ZERO_HASH }, leaf: cancelAllLeaf(fold.domain, event) }
}

function placed({ domain }: BookFold, event: BookEventOf<'OrderPlaced'>) {
  const sealedHash = keccak256(event.sealed)
  const leaf = orderLeaf(domain, { ...event, sealedHash })
  const sealed = Buffer.from(event.sealed.slice(2), 'hex')
  const row = { x: toDecimal(event.x), y: toDecimal(event.y), sealed, sealedHash, cancelledLeaf: null }
  return { row, leaf }
}

function cancelled({ domain, tips }: BookFold, event: BookEventOf<'OrderCancelled'>) {
  const cancelledLeaf = event.leaf.toLowerCase()
  if (!tips.orders.has(cancelledLeaf)) {
    throw new IndexGapError(event.id.toLowerCase(), `a cancellation of order ${event.leaf}, which is not indexed`)
  }
  return { row: { ...NO_ORDER, cancelledLeaf }, leaf: orderCancelLeaf(domain, event) }
}
