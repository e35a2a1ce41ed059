import type { SeedAuction, SeedBid } from './catalogue'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** One cent of the demonstration dollar, which has six decimals. */
const CENT = 10_000n

/** Every bid that raised its bidder's last one, in order of time: who, and how many cents. */
type History = readonly (readonly [bidder: number, cents: number])[]

const bidsOf = (history: History): SeedBid[] => history.map(([bidder, price]) => ({ bidder, price }))

/**
 * Real eBay auctions, from the data set that accompanies Jank and Shmueli, "Modeling Online Auctions": items, opening
 * bids, and every proxy bid, the bidders renumbered. eBay's proxy bids are a second-price auction; here they are sealed.
 */
const real = { payment: 'dollar', rule: 'SECOND_PRICE', policy: 'UNIFORM', tickSize: CENT } as const

const description = (item: string, auction: string, days: string) =>
  `${item}, eBay auction ${auction}, ${days} days. The bids under these seals are those that people really made.`

export const REAL_OPEN: SeedAuction[] = [
  {
    ...{ key: 'real-cartier', title: 'Cartier wristwatch (a real auction)', ...real },
    lot: { kind: 'single', description: description('A Cartier wristwatch', '1638843936', 'seven') },
    ...{ reserve: 50_000, collateral: 500_000n * CENT, closesIn: 6 * HOUR, challengeWindow: HOUR },
    bids: bidsOf([
      [0, 50_000],
      [1, 80_000],
      [2, 60_000],
      [3, 150_000],
      [4, 160_000],
      [3, 155_000],
      [3, 162_500],
    ]),
  },
]

export const REAL_SHORT: SeedAuction[] = [
  {
    ...{ key: 'real-palm', title: 'Palm Pilot M515 (a real auction)', ...real },
    lot: { kind: 'single', description: description('A Palm Pilot M515', '3015826410', 'seven') },
    ...{ reserve: 15_000, collateral: 100_000n * CENT, closesIn: 45, challengeWindow: 12 * HOUR },
    bids: bidsOf([
      [0, 15_000],
      [1, 16_000],
      [0, 16_100],
      [1, 17_200],
      [2, 20_071],
      [1, 18_200],
      [1, 19_450],
      [3, 21_000],
      [4, 22_155],
      [3, 22_500],
      [5, 23_000],
      [3, 23_250],
    ]),
  },
  {
    ...{ key: 'real-xbox', title: 'Xbox game console (a real auction)', ...real },
    lot: { kind: 'single', description: description('An Xbox', '8213733010', 'three') },
    ...{ reserve: 6_500, collateral: 50_000n * CENT, closesIn: 45, challengeWindow: 6 },
    bids: bidsOf([
      [0, 7_500],
      [1, 7_500],
      [0, 8_000],
      [2, 8_000],
      [2, 8_100],
      [3, 8_200],
    ]),
  },
]
