import { numberToHex, type Address, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { BATCH_STATUS, type BatchState } from '../../../lib/chain/book/batchState'
import { goOnFrom, newMarket, weightOf } from '../../../lib/enclave/book/knownMarket'
import { newBatch, type UsedBatch } from '../../../lib/enclave/book/marketHistory'
import { ordersOf, tradersOf } from '../../../lib/enclave/book/outcome'
import type { RestingOrder } from '../../../lib/protocol/book/advanceBook'
import { ORDER_FLAG } from '../../../lib/protocol/clearing/orders'

const id = numberToHex(7, { size: 32 })
const leafOf = (batchId: bigint, seq: number): Hex => numberToHex(batchId * 100n + BigInt(seq), { size: 32 })
const traderOf = (batchId: bigint, seq: number): Address => numberToHex(batchId * 100n + BigInt(seq), { size: 20 })
const terms = { price: 5, quantity: 2, minFill: 0, expiryBatch: 0, flags: ORDER_FLAG.stays }

/** A batch of two orders, each of its own trader, the second of which the next batch cancels. */
function batchOf(batchId: bigint, status: number): UsedBatch {
  const orders = [0, 1].map((seq) => {
    const place = { batchId, seq, leaf: leafOf(batchId, seq), trader: traderOf(batchId, seq) }
    return { ...place, keyId: id, x: 1n, y: 1n, sealed: '0x' as const }
  })
  const cancellations = [{ batchId, seq: 2, leaf: leafOf(batchId - 1n, 1) }]
  return { ...newBatch(batchId, { status } as BatchState), count: 3, orders, cancellations }
}

/** A market of three batches, with these states, every order of which is open. */
function knownWith(...statuses: number[]) {
  const known = newMarket(id, 1n)
  for (const [index, status] of statuses.entries()) {
    const batch = batchOf(BigInt(index + 1), status)
    known.history.batches.set(batch.id, batch)
    for (const { leaf } of batch.orders) known.opened.set(leaf, { valid: true, ...terms } as never)
  }
  return known
}
const resting: RestingOrder = {
  ...{ leaf: leafOf(1n, 0), batchId: 1n, trader: traderOf(1n, 0), filled: 1 },
  order: { valid: true, ...terms } as never,
}
const after = (batchId: bigint) => ({ batchId, resting: [resting], last: 5 })
const { OPEN, FINAL, VOIDED } = BATCH_STATUS

describe('what is kept of a market once batches can change no more', () => {
  it('is what rests of their orders, and nothing that the others said', () => {
    const known = knownWith(FINAL, VOIDED, OPEN)
    const before = weightOf(known)
    goOnFrom(known, after(2n))
    expect(known.state).toEqual(after(2n))
    expect([...known.opened.keys()]).toEqual([leafOf(3n, 0), leafOf(3n, 1)])
    expect(ordersOf(known.history, 3n).map(({ leaf }) => leaf)).toEqual([leafOf(3n, 0), leafOf(3n, 1)])
    // That a batch was used, and what storage says of it, stays; so does what reading it again would cost.
    expect([...known.history.batches.values()].map(({ count }) => count)).toEqual([3, 3, 3])
    expect(weightOf(known).cost).toBe(before.cost)
    expect(weightOf(known).size).toBeLessThan(before.size)
  })

  it('has every trader whose money must be proven: of what rests, and of what came since', () => {
    const known = knownWith(FINAL, VOIDED, OPEN)
    goOnFrom(known, after(2n))
    const traders = tradersOf(known.history, 3n, known.opened, known.state)
    expect(traders).toEqual([traderOf(1n, 0), traderOf(3n, 0), traderOf(3n, 1)])
  })

  it('leaves out who rested and cancelled since', () => {
    const known = knownWith(FINAL, VOIDED, OPEN)
    goOnFrom(known, after(2n))
    known.history.batches.get(3n)!.cancellations.push({ batchId: 3n, seq: 3, leaf: resting.leaf })
    expect(tradersOf(known.history, 3n, known.opened, known.state)).not.toContain(resting.trader)
  })

  it('is all of it while some batch before may still be struck', () => {
    const known = knownWith(FINAL, OPEN, OPEN)
    goOnFrom(known, after(2n))
    expect(known.state.batchId).toBe(0n)
    expect(known.opened.size).toBe(6)
  })

  it('never goes back to an earlier state', () => {
    const known = knownWith(FINAL, FINAL, OPEN)
    goOnFrom(known, after(2n))
    goOnFrom(known, after(1n))
    expect(known.state.batchId).toBe(2n)
  })
})
