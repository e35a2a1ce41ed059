import { describe, expect, it } from 'vitest'
import { ROW } from '../../../lib/protocol/proof/rows'
import { instead } from './cheat'
import { contextOf } from './claim'
import { failedChecks, wrap, type Forgery } from './forgery'
import type { BidSpec } from './world'

const three: BidSpec[] = [{ price: 50 }, { price: 80 }, { price: 60 }]
const tie: BidSpec[] = [{ price: 80 }, { price: 80 }]

const FORGERIES: Forgery[] = [
  {
    name: 'second price too low: a lower loser shown as runner-up',
    bids: three,
    claim: { price: 50, opened: 0 },
    cheats: wrap([2, ROW.lost]),
    caught: ['bid:2'],
  },
  {
    name: 'second price too low: the runner-up called invalid',
    bids: three,
    claim: { price: 50, opened: 0, dispositions: { 2: 'invalid' } },
    caught: ['bid:2'],
  },
  {
    name: 'second price too low: the reserve, as if nobody had lost',
    bids: three,
    claim: { price: 10, opened: null },
    caught: ['bid:0', 'bid:2'],
  },
  {
    name: 'second price too high: an opening that opens nothing',
    bids: three,
    claim: { price: 70, opened: 2 },
    caught: ['price'],
  },
  {
    name: 'second price too high: from a cancelled bid',
    bids: [{ price: 75, cancelled: true }, { price: 80 }, { price: 60 }],
    claim: { price: 75, opened: 0 },
    caught: ['price'],
  },
  {
    name: 'second price too high: from a spoiled bid',
    bids: [{ price: 75, sealedPrice: 60 }, { price: 80 }, { price: 60 }],
    claim: { price: 75, opened: 0, dispositions: { 0: 'lost' } },
    caught: ['bid:0'],
  },
  {
    name: 'second price too high: from a bid without proof of knowledge',
    bids: [{ price: 75, spoil: 'pok' }, { price: 80 }, { price: 60 }],
    claim: { price: 75, opened: 0, dispositions: { 0: 'lost' } },
    caught: ['bid:0'],
  },
  {
    name: 'second price too high: from a bid without proof of knowledge, and no proof about it',
    bids: [{ price: 75, spoil: 'pok' }, { price: 80 }, { price: 60 }],
    claim: { price: 75, opened: 0, dispositions: { 0: 'lost' } },
    leaveOut: [0],
    caught: ['bid:0'],
  },
  {
    name: 'second price too high: from an uncovered bid',
    bids: [{ price: 75, collateral: 70 }, { price: 80 }, { price: 60 }],
    claim: { price: 75, opened: 0, dispositions: { 0: 'lost' } },
    caught: ['price'],
  },
  {
    name: 'second price too high: the winner’s own',
    bids: three,
    claim: { price: 80, opened: 1 },
    caught: ['price'],
  },
  {
    name: 'second price from a bid below the reserve',
    bids: [{ price: 80 }, { price: 9 }],
    claim: { price: 9, opened: 1, dispositions: { 1: 'lost' } },
    caught: ['price'],
  },
  {
    name: 'wrong winner: one who bid less than the runner-up',
    bids: three,
    claim: {
      winnerSeq: 0,
      price: 80,
      opened: 1,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    cheats: (world, claim) => [
      ...wrap([0, ROW.wonPrice])(world, claim),
      instead(contextOf(world, claim), world, 0, ROW.wonCovered, {}),
    ],
    caught: ['bid:0'],
  },
  {
    name: 'wrong winner: one who bid less than a bid that is called lost',
    bids: [{ price: 80 }, { price: 90 }, { price: 70 }],
    claim: {
      winnerSeq: 0,
      price: 70,
      opened: 2,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    cheats: wrap([1, ROW.lost]),
    caught: ['bid:1'],
  },
  {
    name: 'tie the wrong way: the later bid wins over the runner-up',
    bids: tie,
    claim: {
      winnerSeq: 1,
      price: 80,
      opened: 0,
      dispositions: { 0: 'lost', 1: 'won' },
    },
    cheats: (world, claim) => [
      ...wrap([1, ROW.wonPrice])(world, claim),
      instead(contextOf(world, claim), world, 1, ROW.wonCovered, {}),
    ],
    caught: ['bid:1'],
  },
  {
    name: 'tie the wrong way: the winner proven no lower, as if he had come first',
    bids: tie,
    claim: {
      winnerSeq: 1,
      price: 80,
      opened: 0,
      dispositions: { 0: 'lost', 1: 'won' },
    },
    cheats: (world, claim) => [
      instead(contextOf(world, claim), world, 1, ROW.wonPrice, { offset: -80n }),
      instead(contextOf(world, claim), world, 1, ROW.wonCovered, {}),
    ],
    caught: ['bid:1'],
  },
  {
    name: 'tie the wrong way: the earliest of three hidden behind a later runner-up',
    bids: [{ price: 80 }, { price: 80 }, { price: 80 }],
    claim: {
      winnerSeq: 1,
      price: 80,
      opened: 2,
      dispositions: { 0: 'lost', 1: 'won', 2: 'lost' },
    },
    cheats: wrap([0, ROW.lost]),
    caught: ['bid:0'],
  },
  {
    name: 'wrong runner-up: the later of two equal bids',
    bids: [{ price: 60 }, { price: 60 }, { price: 80 }],
    claim: { price: 60, opened: 1 },
    cheats: wrap([0, ROW.lost]),
    caught: ['bid:0'],
  },
  {
    name: 'a hidden winner who is not covered',
    bids: [{ price: 80, collateral: 70 }, { price: 60 }],
    claim: {
      winnerSeq: 0,
      price: 60,
      opened: 1,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    cheats: (world, claim) => [
      instead(contextOf(world, claim), world, 0, ROW.wonPrice, {}),
      ...wrap([0, ROW.wonCovered])(world, claim),
    ],
    caught: ['bid:0'],
  },
  {
    name: 'a hidden winner whose coverage is left out',
    bids: [{ price: 80, collateral: 70 }, { price: 60 }],
    claim: {
      winnerSeq: 0,
      price: 60,
      opened: 1,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    cheats: (world, claim) => [instead(contextOf(world, claim), world, 0, ROW.wonPrice, {})],
    caught: ['bid:0'],
  },
  {
    name: 'hidden quantity: a winner who asked for two lots',
    bids: [{ price: 80, quantity: 2 }, { price: 60 }],
    claim: {
      winnerSeq: 0,
      price: 60,
      opened: 1,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    cheats: wrap([0, ROW.wonPrice], [0, ROW.wonCovered]),
    caught: ['bid:0'],
  },
  {
    name: 'hidden quantity: an uncovered bid for two lots, which is invalid',
    bids: [{ price: 80 }, { price: 70, quantity: 2, collateral: 60 }],
    claim: { dispositions: { 1: 'uncovered' } },
    cheats: wrap([1, ROW.uncovered]),
    caught: ['bid:1'],
  },
  {
    name: 'a hidden winner without proof of knowledge',
    bids: [{ price: 80, spoil: 'pok' }, { price: 60 }],
    claim: {
      winnerSeq: 0,
      price: 60,
      opened: 1,
      dispositions: { 0: 'won', 1: 'lost' },
    },
    caught: ['bid:0'],
  },
  {
    name: 'somebody below the reserve wins at it',
    bids: [{ price: 9 }],
    claim: { winnerSeq: 0, price: 10, opened: null, dispositions: { 0: 'won' } },
    cheats: (world, claim) => [
      ...wrap([0, ROW.wonPrice])(world, claim),
      instead(contextOf(world, claim), world, 0, ROW.wonCovered, {}),
    ],
    caught: ['bid:0'],
  },
]

describe('forged claims, second price', () => {
  it.each(FORGERIES)('$name', async (forgery) => {
    expect(await failedChecks('SECOND_PRICE', forgery)).toEqual(forgery.caught)
  })
})
