import fc from 'fast-check'
import type { OutcomeBid } from '../../lib/protocol/auction/outcome'
import type { NaiveAuction, NaiveBid } from './naiveOutcome'

const RULES = ['FIRST_PRICE', 'SECOND_PRICE', 'UNIFORM_PRICE', 'PAY_AS_BID'] as const

/** Prices from a small range, so that ties, reserves and covered limits are met all the time; 0 included. */
function bidArbitrary(oneLot: boolean): fc.Arbitrary<NaiveBid> {
  return fc.record({
    bidder: fc.constantFrom('ann', 'bob', 'cat', 'dan', 'eve'),
    price: fc.oneof({ weight: 9, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.constant(0xffff_ffff) }),
    quantity: oneLot ? fc.constantFrom(1, 1, 1, 1, 1, 0, 2) : fc.nat(7),
    collateral: fc.option(fc.nat(60), { freq: 2 }),
    cancelled: fc.constantFrom(false, false, false, false, true),
    spoiled: fc.constantFrom(false, false, false, false, false, false, true),
  })
}

/** Auctions of every rule, small enough to hit every edge and every disposition. */
export const auctionArbitrary: fc.Arbitrary<NaiveAuction> = fc.constantFrom(...RULES).chain((rule) => {
  const oneLot = rule === 'FIRST_PRICE' || rule === 'SECOND_PRICE'
  return fc.record({
    rule: fc.constant(rule),
    supply: oneLot ? fc.constant(1) : fc.integer({ min: 1, max: 15 }),
    reserve: fc.oneof(fc.constant(0), fc.nat(13)),
    tickSize: fc.constantFrom(1, 3),
    bids: fc.array(bidArbitrary(oneLot), { maxLength: 9 }),
  })
})

/** The same bids as `outcome` takes them, seq by position. */
export function toOutcomeBids(bids: NaiveBid[]): OutcomeBid[] {
  return bids.map(({ bidder, price, quantity, collateral, cancelled, spoiled }, seq) => ({
    seq,
    bidder,
    collateral: collateral === null ? null : BigInt(collateral),
    state: cancelled ? 'cancelled' : 'live',
    opening: spoiled ? null : { price, quantity },
  }))
}
