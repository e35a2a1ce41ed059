import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcome, type Outcome, type OutcomeBid } from '../../lib/protocol/auction/outcome'
import { auctionArbitrary, toOutcomeBids } from '../differential/auctionArbitrary'
import type { NaiveAuction } from '../differential/naiveOutcome'

const runs = { numRuns: 3_000 }

function solve({ bids, tickSize, ...terms }: NaiveAuction): { result: Outcome; bids: OutcomeBid[] } {
  const outcomeBids = toOutcomeBids(bids)
  return { result: outcome({ ...terms, tickSize: BigInt(tickSize), bids: outcomeBids }), bids: outcomeBids }
}

/** Checks a law on auctions of every rule. */
function holds(law: (auction: NaiveAuction, result: Outcome, bids: OutcomeBid[]) => void) {
  fc.assert(
    fc.property(auctionArbitrary, (auction) => {
      const { result, bids } = solve(auction)
      law(auction, result, bids)
    }),
    runs,
  )
}

describe('laws of the outcome (PROTOCOL.md section 6)', () => {
  it('nobody pays more than he bid, nor more than he locked, and no winner pays less than the reserve', () => {
    holds(({ tickSize, reserve }, { winners }, bids) => {
      for (const { seq, fill, payment } of winners) {
        const { opening, collateral } = bids[seq] as OutcomeBid
        const lots = BigInt(fill) * BigInt(tickSize)
        expect(payment).toBeLessThanOrEqual(BigInt(opening?.price ?? -1) * lots)
        expect(payment).toBeGreaterThanOrEqual(BigInt(reserve) * lots)
        if (collateral !== null) expect(payment).toBeLessThanOrEqual(collateral)
      }
    })
  })

  it('supply is never exceeded, and lots stay unsold only where nobody eligible wants them', () => {
    holds(({ supply }, { winners, totalFilled, dispositions }, bids) => {
      expect(winners.reduce((sum, { fill }) => sum + fill, 0)).toBe(totalFilled)
      expect(totalFilled).toBeLessThanOrEqual(supply)
      if (totalFilled === supply) return
      expect(dispositions).not.toContain('lost')
      for (const { seq, fill } of winners) expect(fill).toBe(bids[seq]?.opening?.quantity)
    })
  })

  it('every winner gets between one lot and what he asked for; only the last listed may be cut', () => {
    holds((_, { winners }, bids) => {
      winners.forEach(({ seq, fill }, place) => {
        const wanted = bids[seq]?.opening?.quantity ?? 0
        expect(fill).toBeGreaterThanOrEqual(1)
        expect(fill).toBeLessThanOrEqual(wanted)
        if (place < winners.length - 1) expect(fill).toBe(wanted)
      })
    })
  })

  it('no loser outranks a winner: higher price first, then earlier seq', () => {
    holds((_, { winners, dispositions }, bids) => {
      const losers = bids.filter((_bid, index) => dispositions[index] === 'lost')
      for (const { seq } of winners) {
        for (const loser of losers) {
          const won = bids[seq]?.opening?.price ?? 0
          const lost = loser.opening?.price ?? 0
          expect(won > lost || (won === lost && seq < loser.seq)).toBe(true)
        }
      }
    })
  })

  it('clearing price: no loser’s price is above it, and it is a winner’s, a loser’s or the reserve', () => {
    holds(({ rule, reserve }, { clearingPrice, dispositions, winners }, bids) => {
      expect(clearingPrice === null).toBe(winners.length === 0)
      if (clearingPrice === null) return
      const pricesOf = (disposition: string) =>
        bids.filter((_bid, index) => dispositions[index] === disposition).map((bid) => bid.opening?.price ?? 0)
      const lost = pricesOf('lost')
      const won = pricesOf('won')
      for (const price of lost) expect(price).toBeLessThanOrEqual(clearingPrice)
      expect(clearingPrice).toBeLessThanOrEqual(Math.min(...won))
      if (rule === 'SECOND_PRICE') expect(clearingPrice).toBe(Math.max(reserve, ...lost))
      if (rule === 'FIRST_PRICE' || rule === 'PAY_AS_BID') expect(clearingPrice).toBe(Math.min(...won))
      if (rule === 'UNIFORM_PRICE') expect([Math.min(...won), reserve]).toContain(clearingPrice)
    })
  })

  it('the uniform rules charge every lot alike, pay-as-bid each his own', () => {
    holds(({ rule, tickSize }, { clearingPrice, winners }, bids) => {
      for (const { seq, fill, payment } of winners) {
        const each = rule === 'PAY_AS_BID' ? bids[seq]?.opening?.price : clearingPrice
        expect(payment).toBe(BigInt(each ?? -1) * BigInt(fill) * BigInt(tickSize))
      }
    })
  })

  it('scaling prices, reserve and collateral scales clearing price and payments, and changes nothing else', () => {
    const scale = 1000
    holds((auction, result) => {
      fc.pre(auction.bids.every((bid) => bid.price * scale < 2 ** 32))
      const bids = auction.bids.map((bid) => ({
        ...bid,
        price: bid.price * scale,
        collateral: bid.collateral === null ? null : bid.collateral * scale,
      }))
      const scaled = solve({ ...auction, reserve: auction.reserve * scale, bids }).result
      const { clearingPrice, winners } = result
      expect(scaled).toEqual({
        ...result,
        clearingPrice: clearingPrice === null ? null : clearingPrice * scale,
        winners: winners.map((winner) => ({ ...winner, payment: winner.payment * BigInt(scale) })),
      })
    })
  })

  it('does not depend on the order of the array, only on seq', () => {
    fc.assert(
      fc.property(auctionArbitrary, fc.infiniteStream(fc.nat()), (auction, keys) => {
        const { result, bids } = solve(auction)
        const shuffled = bids
          .map((bid) => ({ bid, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ bid }) => bid)
        const { bids: _bids, tickSize, ...terms } = auction
        const again = outcome({ ...terms, tickSize: BigInt(tickSize), bids: shuffled })
        const dispositionOf = new Map(shuffled.map((bid, index) => [bid.seq, again.dispositions[index]]))
        expect({ ...again, dispositions: bids.map((bid) => dispositionOf.get(bid.seq)) }).toEqual(result)
      }),
      runs,
    )
  })

  it('equals who swap places swap what becomes of them', () => {
    fc.assert(
      fc.property(auctionArbitrary, fc.nat(), fc.nat(), (auction, a, b) => {
        fc.pre(auction.bids.length >= 2)
        const first = a % auction.bids.length
        const second = b % auction.bids.length
        const names = auction.bids.map((bid, index) => ({ ...bid, bidder: `bidder ${index}` }))
        const twins = names.map((bid, index) =>
          index === second ? { ...names[first], bidder: bid.bidder } : bid,
        ) as typeof names
        const swapped = twins.slice()
        swapped[first] = twins[second] as (typeof names)[0]
        swapped[second] = twins[first] as (typeof names)[0]
        const before = solve({ ...auction, bids: twins }).result
        const after = solve({ ...auction, bids: swapped }).result
        expect(after.dispositions).toEqual(before.dispositions)
        expect(after.clearingPrice).toBe(before.clearingPrice)
        const seats = ({ winners }: Outcome) => winners.map(({ seq, fill, payment }) => ({ seq, fill, payment }))
        expect(seats(after)).toEqual(seats(before))
      }),
      runs,
    )
  })

  it('among equals the earlier wins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 8 }), (count, supply) => {
        const bids = Array.from({ length: count }, (_, seq): OutcomeBid => ({
          seq,
          bidder: `b${seq}`,
          collateral: null,
          state: 'live',
          opening: { price: 5, quantity: 1 },
        }))
        const { dispositions } = outcome({ rule: 'UNIFORM_PRICE', supply, reserve: 0, tickSize: 1n, bids })
        expect(dispositions).toEqual(bids.map(({ seq }) => (seq < supply ? 'won' : 'lost')))
      }),
    )
  })

  it('truthful bidding is safe in a second-price auction: no other bid would have gained its bidder more', () => {
    fc.assert(
      fc.property(auctionArbitrary, fc.nat(12), fc.nat(), (auction, deviation, who) => {
        fc.pre(auction.rule === 'SECOND_PRICE' && auction.bids.length > 0)
        const index = who % auction.bids.length
        const own = { ...auction.bids[index], quantity: 1, collateral: null, cancelled: false, spoiled: false }
        const gain = (price: number): number => {
          const bids = auction.bids.slice()
          bids[index] = { ...own, price } as (typeof bids)[0]
          const { result } = solve({ ...auction, bids })
          return result.dispositions[index] === 'won' ? (own.price ?? 0) - (result.clearingPrice ?? 0) : 0
        }
        expect(gain(deviation)).toBeLessThanOrEqual(gain(own.price ?? 0))
      }),
      runs,
    )
  })
})
