import { getAddress, zeroHash, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import type { BookEvent } from '../../../lib/chain/book/events'
import { batchKey, noTips, type BookTips, type MarketTip } from '../../../lib/db/book/tips'
import { toBookRows } from '../../../lib/indexer/book/toBookRows'
import { IndexGapError } from '../../../lib/indexer/errors'
import { accumulate } from '../../../lib/protocol/auction/accumulator'
import { cancelAllLeaf } from '../../../lib/protocol/book/leaf'

const domain = { chainId: 31337n, contract: `0x${'0d'.repeat(20)}` } as const
const id: Hex = `0x${'0A'.repeat(32)}`
const marketId = id.toLowerCase()
const trader = getAddress(`0x${'bc'.repeat(20)}`)
const [base, quote, keyId] = [`0x${'0e'.repeat(20)}`, `0x${'0f'.repeat(20)}`, `0x${'0c'.repeat(32)}`] as Hex[]
const position = { blockNumber: 7n, blockHash: zeroHash, transactionHash: zeroHash, logIndex: 3 }
const block = { time: 1_000n, tokens: new Map() }

const market: MarketTip = {
  ...{ base: base!, quote: quote!, tickSize: 2n, lotSize: 10n, batchLength: 60n, feeBps: 100 },
  ...{ batchSettleBy: 600n, startsAt: 500n },
}
const known = (): BookTips => ({ ...noTips(), markets: new Map([[marketId, market]]) })

const order = (seq: number, batchId = 1n): BookEvent => {
  const sealed: Hex = `0x${'5e'.repeat(257)}`
  return {
    type: 'OrderPlaced',
    ...position,
    id,
    trader,
    batchId,
    seq,
    keyId: keyId!,
    x: BigInt(seq) + 1n,
    y: 2n,
    sealed,
  }
}
const cancel = (seq: number, leaf: Hex, batchId = 1n): BookEvent => {
  return { type: 'OrderCancelled', ...position, id, trader, batchId, seq, leaf }
}
const fillOf = (leaf: Hex, sell: boolean, lots: number) => ({ leaf, trader, sell, lots })
type Fills = ReturnType<typeof fillOf>[]
const settled = (acc: Hex, count: number, fills: Fills = [], round = 1): BookEvent => {
  const hashes = { fillsHash: zeroHash, carriedHash: zeroHash, proofHash: zeroHash }
  const settlement = { marketId: id, batchId: 1n, acc, count, round, price: 7, ...hashes }
  const of = { batchId: 1n, signer: trader, challengeUntil: 700n }
  return { type: 'BatchSettled', ...position, id, ...of, settlement, fills }
}
const rowsOf = (events: BookEvent[], tips = known()) => toBookRows(domain, events, tips, block)
const leavesOf = (events: BookEvent[]) => rowsOf(events).rows.bookLeaves.map(({ leaf }) => leaf as Hex)

describe('orders and cancellations (PROTOCOL.md section 11)', () => {
  it('fold on from the tip, which stays as it was; the first brings its batch', () => {
    const [first, second] = leavesOf([order(0), order(1)]) as [Hex, Hex]
    const tips = known()
    const { rows, mismatches } = rowsOf([order(0), order(1), cancel(2, first)], tips)
    expect(rows.bookLeaves.map(({ seq, cancelledLeaf, orderCount }) => [seq, cancelledLeaf, orderCount])).toEqual([
      [0, null, 1],
      [1, null, 2],
      [2, first, 2],
    ])
    const leaves = rows.bookLeaves.map(({ leaf }) => leaf as Hex)
    expect(leaves.slice(0, 2)).toEqual([first, second])
    expect(rows.bookLeaves.map(({ acc }) => acc)).toEqual([1, 2, 3].map((count) => accumulate(leaves.slice(0, count))))
    expect(rows.batches).toMatchObject([{ marketId, batchId: 1n, endsAt: 560n, keyId }])
    expect([mismatches, tips]).toEqual([[], known()])

    const key = batchKey({ marketId, batchId: 1n })
    const on = {
      ...known(),
      batches: new Map([[key, { acc: accumulate([first]), count: 1, orders: 1, keyId: keyId! }]]),
    }
    const later = rowsOf([order(1)], on)
    expect(later.rows.bookLeaves[0]?.acc).toBe(accumulate([first, second]))
    expect(later.rows.batches).toEqual([])
  })

  it('of a batch that begins with a cancellation have no key until an order names it', () => {
    const [leaf] = leavesOf([order(0)]) as [Hex]
    const tips = { ...known(), orders: new Set([leaf]) }
    expect(rowsOf([cancel(0, leaf, 2n)], tips).rows.batches).toMatchObject([{ batchId: 2n, keyId: zeroHash }])
    const { bookLeaves } = rowsOf([cancel(0, leaf, 2n), order(1, 2n)], tips).rows
    expect(bookLeaves.map((row) => row.keyId)).toEqual([zeroHash, keyId])
    expect(() => rowsOf([cancel(0, leaf, 2n)])).toThrow(IndexGapError)
  })

  it('that cancel everything are leaves of their own, with zeros for the order', () => {
    const all: BookEvent = { type: 'AllCancelled', ...position, id, trader, batchId: 1n, seq: 1 }
    const { rows } = rowsOf([order(0), all])
    expect(rows.bookLeaves[1]).toMatchObject({
      ...{ seq: 1, cancelledLeaf: zeroHash, orderCount: 1, x: null, sealed: null },
      leaf: cancelAllLeaf(domain, { id, batchId: 1n, seq: 1, trader }),
    })
    expect(rows.events[1]).toMatchObject({ kind: 'AllCancelled', account: trader.toLowerCase(), seq: 1 })
  })

  const final: BookEvent = { type: 'BatchFinalized', ...position, id, batchId: 1n, fees: 1n }
  it.each<[string, BookEvent[]]>([
    ['a gap', [order(1)]],
    ['a repetition', [order(0), order(0)]],
    ['a gap before a cancellation', [order(0), cancel(2, zeroHash)]],
    ['a cancellation of an order that is not indexed', [order(0), cancel(1, zeroHash)]],
    ['a settlement of a batch without leaves', [settled(zeroHash, 0)]],
    ['the end of a batch whose settlement is not indexed', [order(0), final]],
  ])('%s is an error', (_what, events) => {
    expect(() => rowsOf(events)).toThrow(IndexGapError)
  })

  it('of a market that is not indexed are an error', () => {
    expect(() => rowsOf([order(0)], noTips())).toThrow(/market .* which is not indexed/)
  })
})

describe('settlements', () => {
  const [buy, sell] = leavesOf([order(0), order(1)]) as [Hex, Hex]
  const acc = accumulate([buy, sell])
  const fills = [fillOf(buy, false, 3), fillOf(sell, true, 3)]

  it('have what was bought, paid and taken as fees', () => {
    const { rows, mismatches } = rowsOf([order(0), order(1), settled(acc, 2, fills)])
    // Three lots at seven ticks of two units; a hundredth of 42, rounded up.
    expect(rows.batchSettlements).toMatchObject([{ round: 1, clearingPrice: 7, fillCount: 2, lots: '3', paid: '42' }])
    expect(rows.fills).toMatchObject([
      { leaf: buy, sell: false, lots: 3, payment: '42', fee: '1' },
      { leaf: sell, sell: true, lots: 3, payment: '42', fee: '1' },
    ])
    expect(mismatches).toEqual([])
  })

  it('of other leaves than are indexed are kept and noted', () => {
    const key = batchKey({ marketId, batchId: 1n })
    for (const wrong of [settled(zeroHash, 2, fills), settled(acc, 3, fills)]) {
      const { rows, mismatches } = rowsOf([order(0), order(1), wrong])
      expect([rows.batchSettlements.length, mismatches]).toEqual([1, [key]])
    }
  })

  it('move margins once final, those of the newest round', () => {
    const final: BookEvent = { type: 'BatchFinalized', ...position, logIndex: 9, id, batchId: 1n, fees: 2n }
    const struck: BookEvent = {
      type: 'BatchStruck',
      ...position,
      id,
      batchId: 1n,
      strikes: 1,
      signer: trader,
      movedUntil: 1_600n,
    }
    const again = settled(acc, 2, [fillOf(buy, false, 1), fillOf(sell, true, 1)], 2)
    const { rows } = rowsOf([order(0), order(1), settled(acc, 2, fills), struck, again, final])
    expect(rows.strikes).toMatchObject([
      { batchId: 1n, round: 1, signer: trader.toLowerCase(), movedUntil: 1_600n, movedTo: 8n },
    ])
    expect(rows.batchEnds).toMatchObject([{ batchId: 1n, fees: '2' }])
    // One lot of ten; 14 and a fee of 1, both rounded up and off.
    expect(rows.marginChanges.map(({ part, base: gained, quote: paid }) => [part, gained, paid])).toEqual([
      [0, '10', '-15'],
      [1, '-10', '13'],
    ])
  })

  it('that never came leave a void batch, which ends without fees', () => {
    const voided: BookEvent = { type: 'BatchVoided', ...position, id, batchId: 1n }
    const { rows } = rowsOf([order(0), voided])
    expect(rows.batchEnds.map(({ batchId, fees }) => [batchId, fees])).toEqual([[1n, undefined]])
  })
})

it('money in and out is of the token that moved, in lower case', () => {
  const put = (token: Hex, amount: bigint): BookEvent => {
    return { type: 'MarginDeposited', ...position, id, trader, batchId: 1n, token: getAddress(token), amount }
  }
  const paid: BookEvent = { type: 'MarginWithdrawn', ...position, id, trader, base: 1n, quote: 2n }
  const { rows } = rowsOf([put(base!, 5n), put(quote!, 6n), paid])
  expect(rows.marginChanges.map((row) => [row.trader, row.base, row.quote])).toEqual([
    [trader.toLowerCase(), '5', '0'],
    [trader.toLowerCase(), '0', '6'],
    [trader.toLowerCase(), '-1', '-2'],
  ])
  expect(rows.events.map(({ kind, room, token }) => [kind, room, token])).toEqual([
    ['MarginDeposited', 'BOOK', base],
    ['MarginDeposited', 'BOOK', quote],
    ['MarginWithdrawn', 'BOOK', null],
  ])
})
