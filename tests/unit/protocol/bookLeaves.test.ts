import { describe, expect, it } from 'vitest'
import { bytesToHex, encodeAbiParameters, keccak256, parseAbiParameters } from 'viem/utils'
import type { Hex } from 'viem'
import { accumulate } from '../../../lib/protocol/auction/accumulator'
import { carriedHash, decodeCarried, encodeCarried } from '../../../lib/protocol/book/carried'
import { DISPOSITION, dispositionName, restsOn } from '../../../lib/protocol/book/disposition'
import { orderCancelLeaf, orderLeaf } from '../../../lib/protocol/book/leaf'
import { fillsHash } from '../../../lib/protocol/book/settlement'
import { replayBatches, type BookLeafEvent, type PlacedOrder } from '../../../lib/protocol/book/replayBatches'
import { alice, context, mallory } from './sealingFixture'

const domain = { chainId: context.chainId, contract: context.contract }
const { id, keyId } = context
const sealed: Hex = `0x${'04'.repeat(257)}`

const placed = (batchId: bigint, seq: number, trader = alice): PlacedOrder => ({
  ...{ type: 'OrderPlaced', id, trader, batchId, seq, keyId, x: 5n, y: 6n, sealed },
})
const leafOf = (order: PlacedOrder) => orderLeaf(domain, { ...order, sealedHash: keccak256(sealed) })
const cancelled = (batchId: bigint, seq: number, order: PlacedOrder, trader = order.trader): BookLeafEvent => ({
  ...{ type: 'OrderCancelled', id, trader, batchId, seq, leaf: leafOf(order) },
})

describe('replaying a market (PROTOCOL.md section 11)', () => {
  const [first, second, third] = [placed(1n, 0), placed(1n, 1, mallory), placed(4n, 1)]
  const cancel = cancelled(4n, 0, first)

  it('folds the leaves of each used batch apart', () => {
    const batches = replayBatches(domain, id, [first, second, cancel, third])
    expect(batches.map(({ batchId, count }) => [batchId, count])).toEqual([
      [1n, 2],
      [4n, 2],
    ])
    expect(batches[0]!.acc).toBe(accumulate([leafOf(first), leafOf(second)]))
    const cancelLeaf = orderCancelLeaf(domain, { id, batchId: 4n, seq: 0, trader: alice, leaf: leafOf(first) })
    expect(batches[1]!.acc).toBe(accumulate([cancelLeaf, leafOf(third)]))
    expect(batches[0]!.orders.map(({ cancelledIn }) => cancelledIn)).toEqual([4n, null])
    expect(batches[1]!.cancelled).toEqual([leafOf(first)])
  })

  it.each<[string, BookLeafEvent[]]>([
    ['a missing leaf', [first, third]],
    ['a repeated leaf', [first, first]],
    ['a batch that goes back', [placed(2n, 0), first]],
    ['another market’s event', [{ ...first, id: `0x${'11'.repeat(32)}` }]],
    ['a cancellation by another', [first, cancelled(1n, 1, first, mallory)]],
    ['a cancellation of nothing', [first, cancelled(1n, 1, second)]],
    ['a second cancellation', [first, cancelled(1n, 1, first), cancelled(1n, 2, first)]],
  ])('refuses %s', (_, events) => {
    expect(() => replayBatches(domain, id, events)).toThrow(
      expect.objectContaining({ code: 'HISTORY_MISMATCH' }) as Error,
    )
  })
})

describe('the published list (PROTOCOL.md section 11)', () => {
  it('is abi.encode of (leaf, filled, disposition)[], and keeps its numbers', () => {
    const leaf: Hex = `0x${'ab'.repeat(32)}`
    const word = (value: number) => value.toString(16).padStart(64, '0')
    const encoded = bytesToHex(encodeCarried([{ leaf, filled: 7, disposition: DISPOSITION.cutEnded }]))
    expect(encoded).toBe(`0x${word(32)}${word(1)}${leaf.slice(2)}${word(7)}${word(13)}`)
    expect(carriedHash([{ leaf, filled: 7, disposition: 13 }])).toBe(keccak256(encoded))
    expect(Object.values(DISPOSITION)).toEqual(Array.from({ length: 18 }, (_, number) => number))
  })

  it.each([0, 1, 3])('is what a general encoder makes of %i rows, and so are fills', (count) => {
    const rows = Array.from({ length: count }, (_, index) => {
      const leaf: Hex = `0x${(0xf0 + index).toString(16).repeat(32)}`
      return {
        leaf,
        filled: 0xffff_ffff - index,
        disposition: index,
        trader: mallory,
        sell: index === 1,
        lots: 7 + index,
      }
    })
    const list = parseAbiParameters('(bytes32 leaf, uint32 filled, uint8 disposition)[]')
    expect(bytesToHex(encodeCarried(rows))).toBe(encodeAbiParameters(list, [rows]))
    const fills = parseAbiParameters('(bytes32 leaf, address trader, bool sell, uint32 lots)[]')
    expect(fillsHash(rows)).toBe(keccak256(encodeAbiParameters(fills, [rows])))
  })

  it('is read back from its bytes, and from no others', () => {
    const rows = [3, 0, 1].map((number) => {
      const leaf: Hex = `0x${(0xf0 + number).toString(16).repeat(32)}`
      return { leaf, filled: 0xffff_ffff - number, disposition: number }
    })
    const bytes = encodeCarried(rows)
    expect(decodeCarried(bytes)).toEqual(rows)
    expect(decodeCarried(encodeCarried([]))).toEqual([])
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.with(at, bytes[at]! ^ 0x40)
      const read = decodeCarried(changed)
      if (read) expect(encodeCarried(read)).toEqual(changed)
    }
    for (const length of [0, 32, 63, 96, bytes.length - 1, bytes.length + 96])
      expect(decodeCarried(Uint8Array.from({ length }, (_, at) => bytes[at] ?? 0)), String(length)).toBeNull()
    expect(decodeCarried(encodeCarried([{ ...rows[0]!, disposition: 18 }]))).toBeNull()
  })

  it('says who goes on', () => {
    const alive = Object.values(DISPOSITION).filter(restsOn).map(dispositionName)
    expect(alive).toEqual(['rests', 'minFillRests', 'cutRests', 'unopened', 'crowdedOutRests'])
    expect([dispositionName(18), restsOn(18)]).toEqual([null, false])
  })
})
