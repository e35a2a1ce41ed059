import { describe, expect, it } from 'vitest'
import { dueMarketTasks, mayBeDue, type MarketPointers } from '../../../lib/keeper/dueMarketTasks'
import { taskKey } from '../../../lib/keeper/dueTasks'
import { MarketBook, type TrackedBatch, type TrackedMarket } from '../../../lib/keeper/marketBook'

const id = `0x${'11'.repeat(32)}` as const
const trader = `0x${'22'.repeat(20)}` as const
const open: TrackedBatch = { status: 'open' }
const settlement = {
  ...{ marketId: id, batchId: 1n, acc: id, count: 1, round: 1, price: 1 },
  ...{ fillsHash: id, carriedHash: id, proofHash: id },
}
const settledUntil = (challengeUntil: bigint, batchId = 1n): TrackedBatch => ({
  ...{ status: 'settled', challengeUntil, settlement: { ...settlement, batchId }, fills: [] },
})

/** Batches of ten seconds from 1,000 on: batch n ends at 1,000 + 10 n, and is late a hundred seconds after. */
const marketOf = (batches: [bigint, TrackedBatch][], withdrawals: [typeof trader, bigint][] = []): TrackedMarket => ({
  ...{ id, startsAt: 1_000n, params: { batchLength: 10, batchSettleBy: 100 }, strikes: 0 },
  tail: [...batches].reduce((last, [batchId]) => (batchId > last ? batchId : last), 0n),
  ...{ batches: new Map(batches), withdrawals: new Map(withdrawals) },
})
const pointers = (head: bigint, toSettle: bigint, more: Partial<MarketPointers> = {}): MarketPointers => ({
  ...{ head, toSettle, strikes: 0 },
  deadlines: new Map(Array.from({ length: 12 }, (_, index) => [BigInt(index + 1), 1_110n + 10n * BigInt(index)])),
  ...more,
})
const at = (latest: bigint, finalized = latest) => ({ latest, finalized })
const kinds = (...args: Parameters<typeof dueMarketTasks>) =>
  dueMarketTasks(...args).map((task) => [task.kind, task.batchId])

describe('what a market needs', () => {
  it('is nothing before a batch’s end, and a settlement once the end is final', () => {
    const market = marketOf([[1n, open]])
    expect(mayBeDue(market, at(1_009n))).toBe(false)
    expect(mayBeDue(market, at(1_010n))).toBe(true)
    expect(kinds(market, pointers(1n, 1n), at(1_012n, 1_009n))).toEqual([])
    expect(kinds(market, pointers(1n, 1n), at(1_012n, 1_010n))).toEqual([['settleBatch', 1n]])
  })

  it('is one settlement at a time, in order', () => {
    const market = marketOf([
      [1n, open],
      [2n, open],
      [3n, open],
    ])
    expect(kinds(market, pointers(1n, 1n), at(1_050n))).toEqual([['settleBatch', 1n]])
    // The first is settled in a block that is not final: the next waits until the enclave can know.
    expect(kinds(market, pointers(1n, 2n), at(1_050n))).toEqual([['settleBatch', 2n]])
  })

  it('voids what is late, and settles what is not', () => {
    const market = marketOf([
      [1n, open],
      [9n, open],
    ])
    expect(kinds(market, pointers(1n, 1n), at(1_109n))).toEqual([['settleBatch', 1n]])
    expect(kinds(market, pointers(1n, 1n), at(1_110n))).toEqual([
      ['settleBatch', 9n],
      ['voidLate', 1n],
    ])
  })

  it('gives what a strike unsettled its time anew, and waits until the strike is final', () => {
    const market = marketOf([[1n, open]])
    const struck = pointers(1n, 1n, { deadlines: new Map([[1n, 1_500n]]), strikes: 1 })
    expect(kinds(market, struck, at(1_300n))).toEqual([])
    expect(kinds({ ...market, strikes: 1 }, struck, at(1_300n))).toEqual([['settleBatch', 1n]])
    expect(kinds({ ...market, strikes: 1 }, struck, at(1_500n))).toEqual([['voidLate', 1n]])
  })

  it('makes the oldest final after its window, and no other', () => {
    const market = marketOf([
      [1n, settledUntil(1_100n)],
      [2n, settledUntil(1_050n)],
    ])
    expect(kinds(market, pointers(1n, 0n), at(1_099n))).toEqual([])
    expect(kinds(market, pointers(1n, 0n), at(1_100n))).toEqual([['finalizeBatch', 1n]])
    expect(kinds(market, pointers(2n, 0n), at(1_100n))).toEqual([['finalizeBatch', 2n]])
  })

  it('looks past void batches, which storage may still point at: they are stepped over first', () => {
    const market = marketOf([[3n, settledUntil(1_100n)]], [[trader, 2n]])
    expect(kinds(market, pointers(1n, 0n), at(1_100n))).toEqual([['voidLate', 1n]])
    expect(kinds(market, pointers(3n, 2n), at(1_100n))).toEqual([
      ['voidLate', 2n],
      ['executeWithdrawal', 2n],
    ])
    expect(kinds(market, pointers(3n, 0n), at(1_100n))).toEqual([
      ['finalizeBatch', 3n],
      ['executeWithdrawal', 2n],
    ])
    // With nothing left that waits, too.
    expect(kinds({ ...marketOf([], [[trader, 2n]]), tail: 2n }, pointers(2n, 0n), at(1_100n))).toEqual([
      ['voidLate', 2n],
    ])
  })

  it('settles nothing behind more late batches than one transaction steps over', () => {
    const market = marketOf(Array.from({ length: 10 }, (_, index) => [BigInt(index + 1), open]))
    const deadlines = (late: number) =>
      new Map(Array.from({ length: 9 }, (_, index) => [BigInt(index + 1), index < late ? 1_200n : 1_900n]))
    expect(kinds(market, pointers(1n, 1n, { deadlines: deadlines(8) }), at(1_200n))).toEqual([
      ['settleBatch', 9n],
      ['voidLate', 1n],
    ])
    expect(kinds(market, pointers(1n, 1n, { deadlines: deadlines(9) }), at(1_200n))).toEqual([['voidLate', 1n]])
  })

  it('voids a batch at its end where its key was revoked, as the contract says', () => {
    const revoked = pointers(1n, 1n, { deadlines: new Map([[1n, 1_010n]]) })
    expect(kinds(marketOf([[1n, open]]), revoked, at(1_010n))).toEqual([['voidLate', 1n]])
  })

  it('strikes what cannot be made final in time, after trying to', () => {
    const market = marketOf([[1n, settledUntil(1_100n)]])
    expect(kinds(market, pointers(1n, 0n), at(1_199n))).toEqual([['finalizeBatch', 1n]])
    expect(kinds(market, pointers(1n, 0n), at(1_200n))).toEqual([
      ['finalizeBatch', 1n],
      ['strikeUnfinal', 1n],
    ])
  })

  it('pays a withdrawal once its batch is past and nothing up to it waits', () => {
    const market = marketOf([[2n, open]], [[trader, 2n]])
    const paid = [['executeWithdrawal', 2n]]
    expect(kinds(market, pointers(0n, 0n), at(1_019n))).toEqual([])
    expect(kinds(market, pointers(0n, 0n), at(1_020n))).toEqual(paid)
    expect(kinds(market, pointers(3n, 3n), at(1_020n))).toEqual(paid)
    expect(kinds(market, pointers(2n, 2n), at(1_020n))).toEqual([['settleBatch', 2n]])
  })

  it('has a key of its own for each batch, round and request', () => {
    const tasks = [1, 2].map((round) => ({ id, kind: 'settleBatch' as const, batchId: 1n, round }))
    const requests = [1n, 2n].map((batchId) => ({ id, kind: 'executeWithdrawal' as const, trader, batchId }))
    expect(new Set([...tasks, ...requests].map(taskKey)).size).toBe(4)
  })
})

describe('the book of markets', () => {
  const position = { blockNumber: 1n, blockHash: id, transactionHash: id, logIndex: 0 }
  const params = {
    ...{ base: trader, quote: trader, tickSize: 1n, lotSize: 1n, batchLength: 10, feeBps: 0, bandBps: 1 },
    ...{ batchSettleBy: 100, challengeWindow: 5, operator: trader, minLots: 1, maxOrderAge: 9 },
  }
  const placed = (batchId: bigint, seq: number) =>
    ({ type: 'OrderPlaced', id, trader, batchId, seq, keyId: id, x: 1n, y: 1n, sealed: '0x', ...position }) as const
  const settled = (batchId: bigint) => {
    const of = { settlement: { ...settlement, batchId }, fills: [] }
    const event = { id, batchId, signer: trader, challengeUntil: 1_100n, ...of }
    return { type: 'BatchSettled', ...event, ...position } as const
  }

  it('follows batches from their first order to their end, and back through a strike', () => {
    const book = new MarketBook()
    book.apply({ type: 'MarketCreated', id, creator: trader, nonce: 0n, params, startsAt: 1_000n, ...position })
    for (const batchId of [1n, 2n, 3n]) book.apply(placed(batchId, 0))
    for (const batchId of [1n, 2n, 3n]) book.apply(settled(batchId))
    book.apply({ type: 'BatchFinalized', id, batchId: 1n, fees: 0n, ...position })
    book.apply({ type: 'BatchStruck', id, batchId: 2n, signer: trader, strikes: 1, movedUntil: 1_500n, ...position })
    const [market] = [...book.markets]
    expect(market?.strikes).toBe(1)
    expect([...(market?.batches ?? [])]).toEqual([
      [2n, open],
      [3n, open],
    ])
    book.apply({ type: 'BatchVoided', id, batchId: 2n, ...position })
    book.apply(settled(3n))
    expect([...(market?.batches ?? [])]).toEqual([[3n, settledUntil(1_100n, 3n)]])
  })

  it('knows who waits for money, and no longer once he is paid', () => {
    const book = new MarketBook()
    book.apply({ type: 'MarketCreated', id, creator: trader, nonce: 0n, params, startsAt: 1_000n, ...position })
    const request = { type: 'WithdrawalRequested', id, trader, base: 1n, quote: 0n, ...position } as const
    book.apply({ ...request, batchId: 4n })
    book.apply({ ...request, batchId: 6n })
    const [market] = [...book.markets]
    expect([...(market?.withdrawals ?? [])]).toEqual([[trader, 6n]])
    book.apply({ type: 'MarginWithdrawn', id, trader, base: 2n, quote: 0n, ...position })
    expect(market?.withdrawals.size).toBe(0)
  })
})
