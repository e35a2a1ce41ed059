import { keccak256, zeroHash, type Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import type { BidCancelled, BidPlaced } from '../../../lib/chain/events'
import { rebuildBids } from '../../../lib/chain/rebuildBids'
import { SubrosaError } from '../../../lib/protocol/errors'

const domain = { chainId: 31337n, contract: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } as const
const id: Hex = keccak256('0x01')
const [alice, bob] = [
  '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65',
  '0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc',
] as const
const at = (seq: number) => ({
  ...{ id, seq, slot: 0, blockNumber: 5n, blockHash: zeroHash, transactionHash: zeroHash, logIndex: seq },
})

const placed = (seq: number, bidder: typeof alice | typeof bob): BidPlaced => ({
  ...{
    type: 'BidPlaced',
    ...at(seq),
    bidder,
    collateral: 100n,
    points: 0,
    creditBps: 0,
    x: BigInt(seq + 1),
    y: 2n,
    sealed: `0x0${seq}`,
  },
})
const cancelled = (seq: number, bidder: typeof alice | typeof bob, cancelledSeq: number): BidCancelled => ({
  ...{ type: 'BidCancelled', ...at(seq), bidder, cancelledSeq },
})

/** Alice bids, Bob bids, Alice replaces hers. */
const history = [placed(0, alice), placed(1, bob), cancelled(2, alice, 0), placed(3, alice)]

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work()
  } catch (error) {
    if (error instanceof SubrosaError) return error.code
    throw error
  }
  return undefined
}

describe('rebuildBids', () => {
  it('keeps what is live, remembers what was withdrawn, and counts every leaf', () => {
    const { bids, live, count } = rebuildBids(domain, id, history)
    expect(bids.map(({ seq, state }) => [seq, state])).toEqual([
      [0, 'cancelled'],
      [1, 'live'],
      [3, 'live'],
    ])
    expect(live.map(({ seq }) => seq)).toEqual([1, 3])
    expect(count).toBe(4)
  })

  it('accepts exactly the accumulator and count of the whole list', () => {
    const { acc, count } = rebuildBids(domain, id, history)
    expect(rebuildBids(domain, id, history, { acc, count }).acc).toBe(acc)
    expect(codeOf(() => rebuildBids(domain, id, history.slice(0, 3), { acc, count }))).toBe('HISTORY_MISMATCH')
    expect(codeOf(() => rebuildBids(domain, id, history, { acc, count: 5 }))).toBe('HISTORY_MISMATCH')
    const changed = history.map((event) => (event.seq === 1 ? { ...placed(1, bob), collateral: 99n } : event))
    expect(codeOf(() => rebuildBids(domain, id, changed, { acc, count }))).toBe('HISTORY_MISMATCH')
    const elsewhere = { ...domain, chainId: 1n }
    expect(codeOf(() => rebuildBids(elsewhere, id, history, { acc, count }))).toBe('HISTORY_MISMATCH')
  })

  it('starts at zero for an auction without bids', () => {
    expect(rebuildBids(domain, id, [], { acc: zeroHash, count: 0 })).toMatchObject({ bids: [], live: [] })
  })

  it.each([
    ['a gap', [placed(0, alice), placed(2, bob)]],
    ['another order', [placed(1, alice), placed(0, bob)]],
    ['a bid of another auction', [{ ...placed(0, alice), id: zeroHash }]],
    ['a bid cancelled by somebody else', [placed(0, alice), cancelled(1, bob, 0)]],
    ['a bid cancelled twice', [placed(0, alice), cancelled(1, alice, 0), cancelled(2, alice, 0)]],
    ['a cancellation of nothing', [cancelled(0, alice, 7)]],
  ])('refuses %s', (_, events) => {
    expect(codeOf(() => rebuildBids(domain, id, events))).toBe('HISTORY_MISMATCH')
  })
})
