import { getAddress, zeroHash, type Hex } from 'viem'
import { expect, test } from 'vitest'
import type { AuctionEvent } from '../../../lib/chain/events'
import { IndexGapError } from '../../../lib/indexer/errors'
import { toRows, type AuctionTip } from '../../../lib/indexer/toRows'
import { accumulate } from '../../../lib/protocol/auction/accumulator'

const domain = { chainId: 31337n, contract: `0x${'0d'.repeat(20)}` } as const
const id: Hex = `0x${'0A'.repeat(32)}`
const bidder = getAddress(`0x${'bc'.repeat(20)}`)
const token = `0x${'0e'.repeat(20)}`
const position = { blockNumber: 7n, blockHash: zeroHash, transactionHash: zeroHash, logIndex: 3 }
const known = () =>
  new Map<string, AuctionTip>([[id.toLowerCase(), { acc: zeroHash, count: 0, paymentToken: token, round: 1 }]])

const bid = (seq: number): AuctionEvent => {
  const sealed: Hex = `0x${'5e'.repeat(257)}`
  return {
    type: 'BidPlaced',
    ...position,
    id,
    bidder,
    seq,
    slot: 0,
    collateral: 9n,
    points: 0,
    creditBps: 0,
    x: 1n,
    y: 2n,
    sealed,
  }
}
const cancellation = (seq: number, cancelledSeq: number): AuctionEvent => {
  return { type: 'BidCancelled', ...position, id, bidder, seq, slot: 0, cancelledSeq }
}

test('leaves of one block fold on from the tip, which stays as it was', () => {
  const tips = known()
  const rows = toRows(domain, [bid(0), cancellation(1, 0), bid(2)], tips)
  expect(rows.leaves.map(({ seq, cancelledSeq }) => [seq, cancelledSeq])).toEqual([
    [0, null],
    [1, 0],
    [2, null],
  ])
  const leaves = rows.leaves.map(({ leaf }) => leaf as Hex)
  expect(rows.leaves.map(({ acc }) => acc)).toEqual([1, 2, 3].map((count) => accumulate(leaves.slice(0, count))))
  expect(rows.bids).toHaveLength(2)
  expect(tips).toEqual(known())
})

test('rows are in lower case, and money names its token', () => {
  const rows = toRows(domain, [bid(0)], known())
  expect(rows.bids[0]).toMatchObject({ auctionId: id.toLowerCase(), bidder: bidder.toLowerCase() })
  expect(rows.events[0]).toMatchObject({ kind: 'BidPlaced', account: bidder.toLowerCase(), amount: '9', token })
})

test.each([
  ['a gap', [bid(1)]],
  ['a repetition', [bid(0), bid(0)]],
  ['a gap before a cancellation', [bid(0), cancellation(2, 0)]],
])('%s among the leaves is an error', (_name, events) => {
  expect(() => toRows(domain, events, known())).toThrow(IndexGapError)
})

test('an event of an auction that is not indexed is an error', () => {
  expect(() => toRows(domain, [{ type: 'AuctionVoided', ...position, id }], new Map())).toThrow(IndexGapError)
})

test('winners and openings belong to the settlement after them, also where one block settles twice', () => {
  const won = (): AuctionEvent => ({ type: 'BidWon', ...position, id, bidder, seq: 0, slot: 0, fill: 1, payment: 1n })
  const opened: AuctionEvent = { type: 'BidOpened', ...position, id, seq: 0, price: 1, quantity: 1, rho: zeroHash }
  const settled = (round: number): AuctionEvent => {
    const hashes = { paramsHash: zeroHash, acc: zeroHash, winnersHash: zeroHash, proofHash: zeroHash }
    const numbers = { count: 1, round, reserve: 0, reserveInvalid: false, clearingPrice: 1, totalFilled: 1 }
    const settlement = { id, ...hashes, ...numbers }
    return { type: 'AuctionSettled', ...position, id, signer: bidder, marginalSeq: 0, challengeUntil: 1n, settlement }
  }
  const tips = new Map([[id.toLowerCase(), { acc: zeroHash, count: 1, paymentToken: token, round: 2 }]])
  const rows = toRows(domain, [won(), opened, settled(2), won(), opened, settled(3)], tips)
  expect(rows.winners.map(({ round }) => round)).toEqual([2, 3])
  expect(rows.openings.map(({ round }) => round)).toEqual([2, 3])
})
