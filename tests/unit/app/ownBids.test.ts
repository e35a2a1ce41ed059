import { describe, expect, it } from 'vitest'
import { keccak256, type Address } from 'viem'
import { foldOwnBids, liveBid } from '../../../app/_bids/readOwnBids'
import type { AuctionEvent } from '../../../lib/chain/events'

const id = `0x${'cc'.repeat(32)}` as const
const bidder: Address = '0x00000000000000000000000000000000000000bb'
const position = { blockNumber: 5n, blockHash: id, transactionHash: id, logIndex: 0 }
const sealed = `0x${'03'.repeat(257)}` as const
const placed = (seq: number): AuctionEvent => ({
  type: 'BidPlaced',
  id,
  bidder,
  seq,
  slot: 0,
  collateral: 100n,
  points: 0,
  creditBps: 0,
  x: BigInt(seq + 1),
  y: 2n,
  sealed,
  ...position,
})
const cancelled = (seq: number, cancelledSeq: number): AuctionEvent => ({
  type: 'BidCancelled',
  id,
  bidder,
  seq,
  slot: 0,
  cancelledSeq,
  ...position,
})

describe('foldOwnBids', () => {
  it('knows the bid that stands, by its leaf’s fields', () => {
    const bids = foldOwnBids([placed(0), cancelled(1, 0), placed(2)])
    expect(bids.map(({ withdrawn }) => withdrawn)).toEqual([true, false])
    expect(liveBid(bids)?.bid).toEqual({
      seq: 2,
      slot: 0,
      bidder,
      collateral: 100n,
      points: 0,
      creditBps: 0,
      x: 3n,
      y: 2n,
      sealedHash: keccak256(sealed),
    })
  })

  it('has none standing after a withdrawal', () => {
    expect(liveBid(foldOwnBids([placed(0), cancelled(1, 0)]))).toBeUndefined()
    expect(liveBid(foldOwnBids([]))).toBeUndefined()
  })

  it('follows a win to claim and lot', () => {
    const [bid] = foldOwnBids([
      placed(4),
      { type: 'BidWon', id, bidder, seq: 4, slot: 0, fill: 1, payment: 30n, ...position },
      { type: 'BidClaimed', id, bidder, seq: 4, refund: 70n, payment: 30n, ...position },
      { type: 'LotClaimed', id, bidder, to: bidder, lots: 1, ...position },
    ])
    expect(bid).toMatchObject({ won: { fill: 1, payment: 30n }, claimed: { refund: 70n }, lotSentTo: bidder })
  })
})
