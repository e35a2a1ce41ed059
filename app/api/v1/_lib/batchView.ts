import { bytesToHex } from 'viem'
import { batchEnd, batchStart } from '../../../../lib/chain/book/clock'
import type { BatchRecord, BatchSettlementRecord } from '../../../../lib/db/book/batches'
import type { FillRecord } from '../../../../lib/db/book/fills'
import type { MarketRecord } from '../../../../lib/db/book/markets'
import type {
  BookLeafRecord,
  OrderCancellationRecord,
  OrderRecord,
  OrderStoryRecord,
} from '../../../../lib/db/book/orders'
import type {
  Batch,
  BatchLeaf,
  BatchSettlementView,
  BatchStatus,
  FillView,
  Order,
  OrderCancellation,
  OrderLeaf,
} from '../_schemas/batch'
import { toAddress, toHash, toOrigin } from './hex'

const INTEGRITY = { UNVERIFIED: 'unverified', VERIFIED: 'verified', MISMATCH: 'mismatch' } as const

/**
 * Where a batch stands, by chain time. Past its deadline nobody can settle it any more: it is void, whether or not
 * somebody has told the contract yet.
 */
export function batchStatusOf(
  batch: Pick<BatchRecord, 'status'>,
  { endsAt, settleBy }: { endsAt: bigint; settleBy: bigint },
  now: bigint,
): BatchStatus {
  switch (batch.status) {
    case 'SETTLED':
      return 'settled'
    case 'FINAL':
      return 'final'
    case 'VOIDED':
      return 'void'
    case 'STRUCK':
      return now >= settleBy ? 'void' : 'struck'
    case 'OPEN':
      return now < endsAt ? 'open' : now >= settleBy ? 'void' : 'waiting'
  }
}

/** @param now Chain time. */
export function toBatchView(batch: BatchRecord, market: MarketRecord, now: bigint): Batch {
  const { batchId, settlement, settleBy, finalized, voided } = batch
  const endsAt = batchEnd(market, batchId)
  return {
    batchId: Number(batchId),
    status: batchStatusOf(batch, { endsAt, settleBy }, now),
    startsAt: Number(batchStart(market, batchId)),
    endsAt: Number(endsAt),
    settleBy: Number(settleBy),
    keyId: batch.orders > 0 ? toHash(batch.keyId) : null,
    leaves: batch.leaves,
    orders: batch.orders,
    cancellations: batch.leaves - batch.orders,
    acc: toHash(batch.acc),
    integrity: INTEGRITY[batch.integrity],
    settlement: settlement && toBatchSettlementView(settlement),
    strikes: batch.struck.length,
    finalized: finalized && { fees: finalized.fees.toString(), origin: toOrigin(finalized.origin) },
    voided: voided && toOrigin(voided),
  }
}

/** A price of 0 without fills is that of a market before any trade: nobody's limit is 0. */
export function toBatchSettlementView(settlement: BatchSettlementRecord): BatchSettlementView {
  const { price, fillCount } = settlement
  return {
    ...settlement,
    price: price === 0 && fillCount === 0 ? null : price,
    signer: toAddress(settlement.signer),
    lots: settlement.lots.toString(),
    paid: settlement.paid.toString(),
    acc: toHash(settlement.acc),
    challengeUntil: Number(settlement.challengeUntil),
    fillsHash: toHash(settlement.fillsHash),
    carriedHash: toHash(settlement.carriedHash),
    proofHash: toHash(settlement.proofHash),
    origin: toOrigin(settlement.origin),
  }
}

export function toFillView(fill: FillRecord): FillView {
  return {
    ...fill,
    batchId: Number(fill.batchId),
    leaf: toHash(fill.leaf),
    placedIn: fill.placedIn === null ? null : Number(fill.placedIn),
    trader: toAddress(fill.trader),
    payment: fill.payment.toString(),
    fee: fill.fee.toString(),
    time: Number(fill.time),
    origin: toOrigin(fill.origin),
  }
}

/** An order or a cancellation. */
export function toBatchLeafView(record: BookLeafRecord): BatchLeaf {
  return record.kind === 'order' ? toOrderLeaf(record) : toOrderCancellation(record)
}

export function toOrderView({ order, cancellation, fills }: OrderStoryRecord): Order {
  return {
    order: toOrderLeaf(order),
    cancellation: cancellation && toOrderCancellation(cancellation),
    fills: fills.map(toFillView),
  }
}

function toOrderLeaf(order: OrderRecord): OrderLeaf {
  return {
    ...order,
    batchId: Number(order.batchId),
    trader: toAddress(order.trader),
    keyId: toHash(order.keyId),
    x: order.x.toString(),
    y: order.y.toString(),
    sealed: bytesToHex(order.sealed),
    sealedHash: toHash(order.sealedHash),
    leaf: toHash(order.leaf),
    cancelledIn: order.cancelledIn === null ? null : Number(order.cancelledIn),
    filled: order.filled.toString(),
    origin: toOrigin(order.origin),
  }
}

function toOrderCancellation(record: OrderCancellationRecord): OrderCancellation {
  return {
    ...record,
    batchId: Number(record.batchId),
    trader: toAddress(record.trader),
    cancelledLeaf: toHash(record.cancelledLeaf),
    leaf: toHash(record.leaf),
    origin: toOrigin(record.origin),
  }
}
