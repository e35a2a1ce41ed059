import { parseEther } from 'viem'
import { REAL_OPEN, REAL_SHORT } from './histories'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** One dollar of the demonstration token, which has six decimals. */
const DOLLAR = 1_000_000n

/** A bid of one of the six seed bidders. A second one of the same bidder replaces his first; no price takes it back. */
export type SeedBid = { bidder: number; price?: number; collateral?: bigint }

/** An auction to show. Amounts in base units, prices in ticks, times in seconds. */
export type SeedAuction = {
  key: string
  title: string
  lot: { kind: 'single'; description: string } | { kind: 'edition'; copies: bigint } | { kind: 'token'; amount: bigint }
  payment: 'native' | 'dollar'
  rule: 'FIRST_PRICE' | 'SECOND_PRICE'
  policy: 'UNIFORM' | 'CHOSEN'
  tickSize: bigint
  reserve: number
  collateral: bigint
  closesIn: number
  challengeWindow: number
  bids: SeedBid[]
  /** Sealed to an enclave that nobody runs any more: it stays closed, and is refunded when its time is over. */
  enclaveIsGone?: true
}

const inEther = { payment: 'native', tickSize: parseEther('0.01') } as const
const inDollars = { payment: 'dollar', tickSize: DOLLAR } as const

/** Open for a while: somebody who has just arrived can bid on these. */
export const OPEN: SeedAuction[] = [
  {
    ...{ key: 'harbour', title: 'Harbour, before the rain', ...inEther, rule: 'SECOND_PRICE', policy: 'UNIFORM' },
    lot: { kind: 'single', description: 'Oil on panel. Three boats, one light, no wind.' },
    ...{ reserve: 50, collateral: parseEther('3'), closesIn: 20 * MINUTE, challengeWindow: 2 * MINUTE },
    bids: [
      { bidder: 0, price: 120 },
      { bidder: 1, price: 95 },
      { bidder: 2, price: 180 },
    ],
  },
  {
    ...{ key: 'barley', title: 'Barley', ...inDollars, rule: 'FIRST_PRICE', policy: 'UNIFORM' },
    lot: { kind: 'token', amount: 500n * DOLLAR },
    ...{ reserve: 100, collateral: 1_000n * DOLLAR, closesIn: 3 * HOUR, challengeWindow: 10 * MINUTE },
    bids: [
      { bidder: 3, price: 410 },
      { bidder: 4, price: 395 },
    ],
  },
  {
    ...{ key: 'etchings', title: 'Six etchings of the old town', ...inDollars, rule: 'SECOND_PRICE', policy: 'CHOSEN' },
    lot: { kind: 'edition', copies: 6n },
    ...{ reserve: 0, collateral: 50n * DOLLAR, closesIn: DAY, challengeWindow: HOUR },
    bids: [
      { bidder: 0, price: 220, collateral: 250n * DOLLAR },
      { bidder: 5, price: 240, collateral: 500n * DOLLAR },
      { bidder: 1, price: 90, collateral: 100n * DOLLAR },
      { bidder: 1, price: 260, collateral: 500n * DOLLAR },
    ],
  },
  {
    ...{ key: 'clock', title: 'A clock that runs backwards', ...inEther, rule: 'FIRST_PRICE', policy: 'UNIFORM' },
    lot: { kind: 'single', description: 'Brass and walnut. Keeps good time, in its own way.' },
    ...{ reserve: 200, collateral: parseEther('10'), closesIn: 3 * DAY, challengeWindow: HOUR },
    bids: [],
  },
  ...REAL_OPEN,
]

/** Over within a minute or so: what a settled, a final, an unsold, a void and a waiting auction look like. */
export const SHORT: SeedAuction[] = [
  {
    ...{ key: 'orchard', title: 'Orchard in October', ...inEther, rule: 'FIRST_PRICE', policy: 'UNIFORM' },
    lot: { kind: 'single', description: 'Watercolour. The apples are the point.' },
    ...{ reserve: 40, collateral: parseEther('2'), closesIn: 45, challengeWindow: 6 },
    bids: [
      { bidder: 1, price: 65 },
      { bidder: 3, price: 150 },
      { bidder: 5, price: 149 },
    ],
  },
  {
    ...{ key: 'maps', title: 'Twelve maps of one island', ...inDollars, rule: 'SECOND_PRICE', policy: 'CHOSEN' },
    lot: { kind: 'edition', copies: 12n },
    ...{ reserve: 100, collateral: 100n * DOLLAR, closesIn: 45, challengeWindow: 6 },
    bids: [
      { bidder: 0, price: 300, collateral: 500n * DOLLAR },
      { bidder: 2, price: 320, collateral: 500n * DOLLAR },
      { bidder: 4, price: 500, collateral: 500n * DOLLAR },
      { bidder: 4 },
      { bidder: 0, price: 350, collateral: 500n * DOLLAR },
    ],
  },
  {
    ...{ key: 'rye', title: 'Rye', ...inDollars, rule: 'SECOND_PRICE', policy: 'UNIFORM' },
    lot: { kind: 'token', amount: 250n * DOLLAR },
    ...{ reserve: 500, collateral: 1_000n * DOLLAR, closesIn: 45, challengeWindow: 6 },
    bids: [
      { bidder: 1, price: 320 },
      { bidder: 2, price: 410 },
    ],
  },
  {
    ...{ key: 'lantern', title: 'Lantern without a flame', ...inEther, rule: 'SECOND_PRICE', policy: 'CHOSEN' },
    lot: { kind: 'single', description: 'Iron and glass. Sold as found.' },
    ...{ reserve: 20, collateral: parseEther('0.5'), closesIn: 50, challengeWindow: 12 * HOUR },
    bids: [
      { bidder: 3, price: 75, collateral: parseEther('1') },
      { bidder: 5, price: 130, collateral: parseEther('2') },
      { bidder: 0, price: 88, collateral: parseEther('1') },
    ],
  },
  {
    ...{ key: 'umbrella', title: 'Umbrella, slightly used', ...inEther, rule: 'FIRST_PRICE', policy: 'UNIFORM' },
    lot: { kind: 'single', description: 'Nobody wanted it. That is what this auction shows.' },
    ...{ reserve: 10, collateral: parseEther('1'), closesIn: 30, challengeWindow: 6 },
    bids: [],
  },
  {
    ...{ key: 'letter', title: 'A letter nobody can open', ...inEther, rule: 'SECOND_PRICE', policy: 'UNIFORM' },
    lot: {
      kind: 'single',
      description:
        'Sealed to an enclave that was switched off for good. It shows what happens then: nothing can be opened, and once its time is over everyone is refunded in full.',
    },
    ...{ reserve: 10, collateral: parseEther('1'), closesIn: 45, challengeWindow: 6, enclaveIsGone: true },
    bids: [
      { bidder: 2, price: 40 },
      { bidder: 4, price: 70 },
    ],
  },
  ...REAL_SHORT,
]
