import { describe, expect, it } from 'vitest'
import { fateOf } from '../../../app/_orders/orderFate'
import { fateInWords } from '../../../app/_orders/fateInWords'
import { selfTrades } from '../../../app/_orders/selfTrade'
import { buy, fill, hash, market, order, sell } from './orderFixture'

/** Every used batch before `toSettle` is settled or void; 0: all of them. */
const progress = (toSettle: number, current: number) => ({ toSettle, current })
const forBatch = { ...buy, flags: 0 }

describe('an order’s fate', () => {
  it('is sealed until its batch is settled, opened or not', () => {
    expect(fateOf(order(), buy, progress(3, 3))).toEqual({ at: 'sealed' })
    expect(fateOf(order(), null, progress(2, 5))).toEqual({ at: 'sealed' })
  })

  it('rests while something is left of it, and is filled when nothing is', () => {
    expect(fateOf(order(), buy, progress(0, 4))).toEqual({ at: 'resting' })
    expect(fateOf(order({ fills: [fill(3, 4)] }), buy, progress(0, 4))).toEqual({ at: 'resting' })
    expect(fateOf(order({ fills: [fill(3, 4), fill(5, 6)] }), buy, progress(0, 6))).toEqual({ at: 'filled' })
    expect(fateOf(order({ fills: [fill(3, 4)] }), null, progress(0, 4))).toEqual({ at: 'unread' })
  })

  it('expires with its batch, or after the last one that it was for', () => {
    expect(fateOf(order(), forBatch, progress(0, 4))).toEqual({ at: 'expired' })
    const until5 = { ...buy, expiryBatch: 5 }
    expect(fateOf(order(), until5, progress(0, 5))).toEqual({ at: 'resting' })
    expect(fateOf(order(), until5, progress(5, 6))).toEqual({ at: 'resting' })
    expect(fateOf(order(), until5, progress(0, 6))).toEqual({ at: 'expired' })
  })

  it('is dropped where it should have been filled whole and was not, unless nobody settled its batch', () => {
    const whole = { ...buy, flags: 2 }
    expect(fateOf(order(), whole, progress(0, 4))).toEqual({ at: 'dropped', reason: 'killed' })
    expect(fateOf(order({ inVoidBatch: true }), whole, progress(0, 4))).toEqual({ at: 'expired' })
    expect(fateOf(order({ fills: [fill(3, 10)] }), whole, progress(0, 4))).toEqual({ at: 'filled' })
  })
})

describe('cancelling while batches are cleared', () => {
  it('cancel first: in its own batch it never trades', () => {
    expect(fateOf(order({ cancelledIn: 3 }), buy, progress(3, 3))).toEqual({ at: 'cancelled' })
  })

  it('cancelled in a later batch, an earlier one that is not settled may still fill it', () => {
    const cancelled = order({ cancelledIn: 4 })
    expect(fateOf(cancelled, buy, progress(3, 4))).toEqual({ at: 'cancelling', lastBatch: 3 })
    // Fill first: the settlement of batch 3 came after the cancellation, and filled it whole.
    expect(fateOf({ ...cancelled, fills: [fill(3, 10)] }, buy, progress(0, 4))).toEqual({ at: 'filled' })
    // Or in part: what is left is cancelled, and the page says both.
    const partly = { ...cancelled, fills: [fill(3, 4)] }
    expect(fateOf(partly, buy, progress(0, 4))).toEqual({ at: 'cancelled' })
    const words = fateInWords({ at: 'cancelled' }, partly, buy, market)
    expect(words.text).toBe('0.4 GRAIN of it traded. You cancelled the rest before it traded.')
    // Or not at all.
    expect(fateOf(cancelled, buy, progress(0, 4))).toEqual({ at: 'cancelled' })
  })

  it('is told without the terms too, and is no news of what was over by itself', () => {
    expect(fateOf(order({ cancelledIn: 4 }), null, progress(3, 4))).toEqual({ at: 'cancelling', lastBatch: 3 })
    expect(fateOf(order({ cancelledIn: 6 }), forBatch, progress(0, 6))).toEqual({ at: 'expired' })
  })

  it('never says cancelled and filled at once', () => {
    const { name, text } = fateInWords({ at: 'cancelling', lastBatch: 3 }, order({ cancelledIn: 4 }), buy, market)
    expect(name).toBe('Cancelled')
    expect(text).toContain('Batches up to 3 are not all settled yet and may still fill it.')
  })
})

describe('orders that would trade with their own trader', () => {
  const earlier = { order: order({ batchId: 2 }), terms: buy }
  const later = (change = {}, terms = sell) => ({
    order: order({ leaf: hash('2'), batchId: 3, seq: 1, ...change }),
    terms,
  })

  it('the later one is dropped for good', () => {
    expect([...selfTrades([earlier, later()])]).toEqual([hash('2')])
    expect(fateOf(later().order, sell, progress(0, 4), true)).toEqual({ at: 'dropped', reason: 'selfTrade' })
    expect(selfTrades([earlier, later({}, { ...sell, price: 1_001 })]).size).toBe(0)
    expect(selfTrades([earlier, later({}, buy)]).size).toBe(0)
  })

  it('not where the earlier one was filled, cancelled or over by then', () => {
    for (const gone of [{ fills: [fill(2, 10)] }, { cancelledIn: 3 }]) {
      expect(selfTrades([{ ...earlier, order: order({ batchId: 2, ...gone }) }, later()]).size).toBe(0)
    }
    expect(selfTrades([{ ...earlier, terms: forBatch }, later()]).size).toBe(0)
    // Filled in the very batch of the later one, it was still there for step 2.
    expect(selfTrades([{ ...earlier, order: order({ batchId: 2, fills: [fill(3, 10)] }) }, later()]).size).toBe(1)
  })

  it('one that was dropped itself drops no other', () => {
    const third = { order: order({ leaf: hash('3'), batchId: 4 }), terms: { ...buy, price: 1_000 } }
    expect([...selfTrades([earlier, later(), third])]).toEqual([hash('2')])
  })
})
