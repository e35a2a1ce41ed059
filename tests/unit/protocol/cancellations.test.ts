import { describe, expect, it } from 'vitest'
import { pad, toHex } from 'viem/utils'
import { cancelledByBatch } from '../../../lib/protocol/book/cancellations'

const leaf = (number: number) => pad(toHex(number), { size: 32 })
const ANN = '0x00000000000000000000000000000000000000Aa'
const BOB = '0x00000000000000000000000000000000000000bb'
const batch = (batchId: bigint, placed: [number, `0x${string}`][], more: object = {}) => ({
  ...{ batchId, orders: placed.map(([number, trader]) => ({ leaf: leaf(number), trader })) },
  ...{ cancelled: [], cancelledAll: [], ...more },
})

describe('what stops trading with a batch (PROTOCOL.md section 11)', () => {
  it('is what was cancelled in it, and all that the caller of cancelAll placed before it, not in it', () => {
    const batches = [
      batch(1n, [
        [1, ANN],
        [2, BOB],
      ]),
      batch(3n, [[3, ANN]], { cancelled: [leaf(2)], cancelledAll: [ANN.toLowerCase()] }),
      batch(4n, [], { cancelledAll: [ANN, BOB] }),
    ]
    const stopped = cancelledByBatch(batches)
    expect([...stopped]).toEqual([
      [1n, []],
      [3n, [leaf(2), leaf(1)]],
      [4n, [leaf(3), leaf(2)]],
    ])
  })

  it('is also what rests of batches that are not looked at any more', () => {
    const resting = [
      { leaf: leaf(7), trader: BOB },
      { leaf: leaf(8), trader: ANN },
    ] as const
    expect(cancelledByBatch([batch(9n, [], { cancelledAll: [BOB] })], resting).get(9n)).toEqual([leaf(7)])
  })
})
