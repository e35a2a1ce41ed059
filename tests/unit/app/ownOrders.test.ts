import { describe, expect, it } from 'vitest'
import type { BookEvent, BookEventOf, BookEventType } from '../../../lib/chain/book/events'
import { filledLots, foldOwnOrders } from '../../../app/_orders/ownOrders'
import { hash } from './orderFixture'

const ME = '0x00000000000000000000000000000000000000aa'
const id = hash('a')
const position = { blockNumber: 7n, blockHash: hash('e'), transactionHash: hash('d'), logIndex: 0 }
/** The leaf of the order that came as number `seq` is that digit. */
const leafOf = ({ seq }: { seq: number }) => hash(String(seq))

const placed = (seq: number, batchId = 3n): BookEvent => {
  const sealed = { keyId: hash('c'), x: BigInt(seq), y: 2n, sealed: '0x' } as const
  return { type: 'OrderPlaced', id, trader: ME, batchId, seq, ...sealed, ...position }
}
const cancelled = (seq: number, batchId: bigint): BookEvent => {
  return { type: 'OrderCancelled', id, trader: ME, batchId, seq: 9, leaf: hash(String(seq)), ...position }
}
const settled = (batchId: bigint, price: number, lots: Record<number, number>): BookEvent => {
  const zeros = { acc: hash('0'), fillsHash: hash('0'), carriedHash: hash('0'), proofHash: hash('0') }
  const settlement = { marketId: id, batchId, count: 1, round: 1, price, ...zeros }
  const fills = Object.entries(lots).map(([seq, lots]) => ({ leaf: hash(seq), trader: ME, sell: false, lots }) as const)
  return { type: 'BatchSettled', id, batchId, signer: ME, challengeUntil: 99n, settlement, fills, ...position }
}
const about = <Type extends BookEventType>(type: Type, batchId: bigint, rest: object = {}) =>
  ({ type, id, batchId, ...rest, ...position }) as unknown as BookEventOf<Type>

const fold = (...events: BookEvent[]) => foldOwnOrders(events, leafOf)

describe('one’s own orders from the chain’s events', () => {
  it('are filled batch by batch, each at its price', () => {
    const [order] = fold(
      placed(1),
      settled(3n, 990, { 1: 4 }),
      about('BatchFinalized', 3n),
      settled(5n, 1_010, { 1: 6 }),
    )
    expect(order).toMatchObject({ leaf: hash('1'), batchId: 3, cancelledIn: null })
    expect(order!.fills).toEqual([
      { batchId: 3, lots: 4, price: 990, sell: false, final: true },
      { batchId: 5, lots: 6, price: 1_010, sell: false, final: false },
    ])
    expect(filledLots(order!)).toBe(10)
  })

  it('keep apart, and pass over what others were filled', () => {
    const [first, second] = fold(placed(1), placed(2), cancelled(2, 4n), settled(3n, 990, { 2: 1, 8: 3 }))
    expect([first!.cancelledIn, filledLots(first!)]).toEqual([null, 0])
    expect([second!.cancelledIn, filledLots(second!)]).toEqual([4, 1])
  })

  it('end with all that came into earlier batches, where everything was cancelled, and no later than by themselves', () => {
    const all = about('AllCancelled', 4n, { trader: ME, seq: 7 })
    const orders = fold(placed(1), placed(2), placed(3, 4n), cancelled(2, 3n), all, about('AllCancelled', 6n))
    expect(orders.map(({ cancelledIn }) => cancelledIn)).toEqual([4, 3, 6])
  })

  it('lose the fills of a batch that was struck and of every later one that is not final, and get those of the next settlement', () => {
    const [order] = fold(
      placed(1, 2n),
      settled(2n, 990, { 1: 1 }),
      about('BatchFinalized', 2n),
      settled(3n, 990, { 1: 4 }),
      settled(4n, 990, { 1: 5 }),
      about('BatchStruck', 3n, { strikes: 1, movedUntil: 0n }),
      settled(3n, 980, { 1: 3 }),
    )
    expect(order!.fills.map(({ batchId, lots }) => [batchId, lots])).toEqual([
      [2, 1],
      [3, 3],
    ])
  })

  it('know that their batch was settled by nobody', () => {
    const [order] = fold(placed(1), about('BatchVoided', 3n))
    expect(order!.inVoidBatch).toBe(true)
    expect(fold(placed(1), about('BatchVoided', 4n))[0]!.inVoidBatch).toBe(false)
  })
})
