import { describe, expect, it } from 'vitest'
import { NO_SALE_PRICE } from '../../../lib/protocol/constants'
import { makeProof } from '../../../lib/protocol/proof/proveSettlement'
import { ROW } from '../../../lib/protocol/proof/rows'
import { falseBlob, instead } from './cheat'
import { backend, contextOf, judgedBids } from './claim'
import { failedChecks, wrap, type Forgery } from './forgery'
import { secrets, type BidSpec } from './world'
import { freshBytes } from '../../fixtures/freshBytes'

const three: BidSpec[] = [{ price: 50 }, { price: 80 }, { price: 60 }]
const tie: BidSpec[] = [{ price: 80 }, { price: 80 }]

const FORGERIES: Forgery[] = [
  {
    name: 'wrong winner: a lower bid, the higher one proven lost by a wrapped value',
    bids: three,
    claim: {
      winnerSeq: 2,
      price: 60,
      opened: 2,
      dispositions: { 1: 'lost', 2: 'won' },
    },
    cheats: wrap([1, ROW.lost]),
    caught: ['bid:1'],
  },
  {
    name: 'wrong winner: the higher one proven to lose against another price',
    bids: three,
    claim: {
      winnerSeq: 2,
      price: 60,
      opened: 2,
      dispositions: { 1: 'lost', 2: 'won' },
    },
    cheats: (world, claim) => [instead(contextOf(world, claim), world, 1, ROW.lost, { offset: 80n })],
    caught: ['bid:1'],
  },
  {
    name: 'tie the wrong way: the later bid wins',
    bids: tie,
    claim: {
      winnerSeq: 1,
      price: 80,
      opened: 1,
      dispositions: { 0: 'lost', 1: 'won' },
    },
    cheats: wrap([0, ROW.lost]),
    caught: ['bid:0'],
  },
  {
    name: 'tie the wrong way: the earlier bid proven no higher, as if it had come later',
    bids: tie,
    claim: {
      winnerSeq: 1,
      price: 80,
      opened: 1,
      dispositions: { 0: 'lost', 1: 'won' },
    },
    cheats: (world, claim) => [instead(contextOf(world, claim), world, 0, ROW.lost, { offset: 80n })],
    caught: ['bid:0'],
  },
  { name: 'dropped bid: no proof about it', bids: three, leaveOut: [0], caught: ['bid:0'] },
  {
    name: 'dropped bid: the highest, no proof about it',
    bids: three,
    claim: { winnerSeq: 2, price: 60, opened: 2, dispositions: { 2: 'won' } },
    leaveOut: [1],
    caught: ['bid:1'],
  },
  {
    name: 'false invalid: the true blob shown',
    bids: three,
    claim: {
      winnerSeq: 2,
      price: 60,
      opened: 2,
      dispositions: { 1: 'invalid', 2: 'won' },
    },
    caught: ['bid:1'],
  },
  {
    name: 'false invalid: the blob shown with another key',
    bids: three,
    claim: {
      winnerSeq: 2,
      price: 60,
      opened: 2,
      dispositions: { 1: 'invalid', 2: 'won' },
    },
    cheats: (world, claim) => [
      falseBlob(contextOf(world, claim), world, { seq: 1, row: ROW.invalid, scalar: secrets.sealingScalar + 1n }),
    ],
    caught: ['bid:1'],
  },
  {
    name: 'false invalid: another blob’s point',
    bids: three,
    claim: {
      winnerSeq: 2,
      price: 60,
      opened: 2,
      dispositions: { 1: 'invalid', 2: 'won' },
    },
    cheats: (world, claim) => {
      const context = contextOf(world, claim)
      const [other] = judgedBids(world, claim)
      const { proof } = makeProof(backend, context, secrets, { bid: other!, row: ROW.invalid }, freshBytes)!
      const shared = proof.slice(0, 65)
      return [falseBlob(context, world, { seq: 1, row: ROW.invalid, scalar: secrets.sealingScalar, shared })]
    },
    caught: ['bid:1'],
  },
  {
    name: 'false below reserve',
    bids: three,
    claim: {
      winnerSeq: 2,
      price: 60,
      opened: 2,
      dispositions: { 1: 'below-reserve', 2: 'won' },
    },
    cheats: wrap([1, ROW.belowReserve]),
    caught: ['bid:1'],
  },
  {
    name: 'false below reserve: against a reserve that is not this auction’s',
    bids: three,
    claim: {
      winnerSeq: 2,
      price: 60,
      opened: 2,
      dispositions: { 1: 'below-reserve', 2: 'won' },
    },
    cheats: (world, claim) => [
      instead(contextOf(world, claim), world, 1, ROW.belowReserve, { offset: (81n << 32n) - 1n }),
    ],
    caught: ['bid:1'],
  },
  {
    name: 'false uncovered',
    bids: three,
    claim: {
      winnerSeq: 2,
      price: 60,
      opened: 2,
      dispositions: { 1: 'uncovered', 2: 'won' },
    },
    cheats: wrap([1, ROW.uncovered]),
    caught: ['bid:1'],
  },
  {
    name: 'false uncovered: at the very limit of what is covered',
    bids: [{ price: 80, collateral: 80 }, { price: 60 }],
    claim: {
      winnerSeq: 1,
      price: 60,
      opened: 1,
      dispositions: { 0: 'uncovered', 1: 'won' },
    },
    cheats: (world, claim) => [instead(contextOf(world, claim), world, 0, ROW.uncovered, { offset: -80n })],
    caught: ['bid:0'],
  },
  {
    name: 'no sale: a bid that could have won called lost',
    bids: [{ price: 50 }],
    claim: { winnerSeq: null, price: NO_SALE_PRICE, opened: null, dispositions: { 0: 'lost' } },
    caught: ['bid:0'],
  },
  {
    name: 'no sale: a bid at the reserve called below it',
    bids: [{ price: 10 }],
    claim: { winnerSeq: null, price: NO_SALE_PRICE, opened: null, dispositions: { 0: 'below-reserve' } },
    cheats: wrap([0, ROW.belowReserve]),
    caught: ['bid:0'],
  },
  {
    name: 'wrong price: less than the winner bid',
    bids: three,
    claim: { price: 70 },
    caught: ['price'],
  },
  {
    name: 'wrong price: more than the winner bid',
    bids: three,
    claim: { price: 90 },
    caught: ['price'],
  },
  {
    name: 'a winner whose blob holds another price',
    bids: [{ price: 90, sealedPrice: 60 }, { price: 80 }],
    claim: {
      winnerSeq: 0,
      price: 90,
      opened: 0,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    caught: ['bid:0'],
  },
  {
    name: 'a winner whose blob does not open',
    bids: [{ price: 90, spoil: 'ciphertext' }, { price: 80 }],
    claim: {
      winnerSeq: 0,
      price: 90,
      opened: 0,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    caught: ['bid:0'],
  },
  {
    name: 'a winner without proof of knowledge',
    bids: [{ price: 90, spoil: 'pok' }, { price: 80 }],
    claim: {
      winnerSeq: 0,
      price: 90,
      opened: 0,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    caught: ['bid:0'],
  },
  {
    name: 'a winner without proof of knowledge, and no proof about him',
    bids: [{ price: 90, spoil: 'pok' }, { price: 80 }],
    claim: { winnerSeq: 0, price: 90, opened: 0, dispositions: { 0: 'won', 1: 'lost' } },
    leaveOut: [0],
    caught: ['bid:0'],
  },
  {
    name: 'a winner who is not covered',
    bids: [{ price: 90, collateral: 85 }, { price: 80 }],
    claim: {
      winnerSeq: 0,
      price: 90,
      opened: 0,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    caught: ['payments', 'price'],
  },
  {
    name: 'a winner below the reserve',
    bids: [{ price: 9 }],
    claim: { winnerSeq: 0, price: 9, opened: 0, dispositions: { 0: 'won' } },
    caught: ['price'],
  },
  {
    name: 'hidden quantity: a bid for two lots called lost',
    bids: [{ price: 80 }, { price: 60, quantity: 2 }],
    claim: { dispositions: { 1: 'lost' } },
    cheats: wrap([1, ROW.lost]),
    caught: ['bid:1'],
  },
]

describe('forged claims, first price', () => {
  it.each(FORGERIES)('$name', async (forgery) => {
    expect(await failedChecks('FIRST_PRICE', forgery)).toEqual(forgery.caught)
  })
})
