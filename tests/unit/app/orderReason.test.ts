import { describe, expect, it } from 'vitest'
import { fateInWords } from '../../../app/_orders/fateInWords'
import type { StandingList } from '../../../app/_orders/foldBatches'
import { fateOf } from '../../../app/_orders/orderFate'
import { readReason, type OrderReason, type OwnRows } from '../../../app/_orders/orderReason'
import { DISPOSITION, type DispositionName } from '../../../lib/protocol/book/disposition'
import { buy, fill, hash, market, order } from './orderFixture'

const mine = { leaf: hash('1'), batchId: 3 }
const lists = (...batches: number[]): StandingList[] => batches.map((batchId) => ({ batchId, carriedHash: hash('c') }))

/** Lists that have the order until the batch in which `end` is said of it; `bad` batches have none. */
function world(last: number, end: DispositionName, bad: Record<number, 'missing' | 'wrong'> = {}) {
  const read: number[] = []
  const load = ({ batchId }: StandingList): Promise<OwnRows> => {
    read.push(batchId)
    const gone = bad[batchId]
    if (gone) return Promise.resolve(gone)
    const disposition = DISPOSITION[batchId === last ? end : 'rests']
    return Promise.resolve(new Map(batchId <= last ? [[mine.leaf, { leaf: mine.leaf, filled: 0, disposition }]] : []))
  }
  return { load, read }
}
const every = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('what the lists say of an order', () => {
  it('is nothing before its batch is settled', async () => {
    expect(await readReason(mine, [], world(3, 'rests').load)).toBeNull()
    expect(await readReason(mine, lists(1, 2), world(3, 'rests').load)).toBeNull()
  })
  it.each(every(3, 20))('is of batch %i, where it ended there, from few lists', async (last) => {
    const { load, read } = world(last, 'tooManyConditional')
    const said = await readReason(mine, lists(...every(1, 20)), load)
    expect(said).toEqual({ known: true, batchId: last, name: 'tooManyConditional', gone: false })
    expect(read.length).toBeLessThanOrEqual(7)
  })
  it('is the newest word on one that rests', async () => {
    const { load, read } = world(9, 'cutRests')
    const said = await readReason(mine, lists(3, 5, 9), load)
    expect(said).toEqual({ known: true, batchId: 9, name: 'cutRests', gone: false })
    expect(read).toEqual([3, 9])
  })
  it('tells that a batch which nobody settled ended it', async () => {
    const said = await readReason(mine, lists(3, 4, 6, 7, 9), world(6, 'rests').load)
    expect(said).toEqual({ known: true, batchId: 6, name: 'rests', gone: true })
    expect(await readReason(mine, lists(4, 6), world(3, 'rests').load)).toBeNull()
  })
  it('says which list is missing, or is not the signed one', async () => {
    const settled = lists(3, 4, 5)
    const first = await readReason(mine, settled, world(5, 'rests', { 3: 'missing' }).load)
    expect(first).toEqual({ known: false, batchId: 3, list: 'missing' })
    const newest = await readReason(mine, settled, world(5, 'rests', { 5: 'wrong' }).load)
    expect(newest).toEqual({ known: false, batchId: 5, list: 'wrong' })
    // What ended in its first batch is told by that one alone.
    const ended = await readReason(mine, settled, world(3, 'fillOrKill', { 5: 'missing' }).load)
    expect(ended).toMatchObject({ known: true, batchId: 3, name: 'fillOrKill' })
  })
})

const progress = { toSettle: 0, current: 6 }
const known = (name: DispositionName, batchId = 3, gone = false): OrderReason => ({ known: true, batchId, name, gone })
const shown = (reason: OrderReason | null, of = order(), terms: typeof buy | null = buy, selfTrade = false) => {
  const fate = fateOf(of, terms, progress, selfTrade, reason)
  return { at: fate.at, ...fateInWords(fate, of, terms, market, reason) }
}

describe('an order with its reason', () => {
  it.each<[DispositionName, string, string, RegExp]>([
    ['rests', 'resting', 'Resting', /^Batch 3 cleared without it\. The rest takes part in every batch/],
    [
      'minFillRests',
      'resting',
      'Left out',
      /^Batch 3 would have given it less than its minimum fill, so it was left out/,
    ],
    ['cutRests', 'resting', 'Short of margin', /^In batch 3 your margin covered nothing of it/],
    ['unopened', 'resting', 'Not opened', /does not hold the key/],
    ['filled', 'filled', 'Filled', /All of it traded/],
    ['ended', 'expired', 'Expired', /./],
    ['expired', 'expired', 'Expired', /./],
    ['cancelled', 'cancelled', 'Cancelled', /You cancelled it/],
    ['invalid', 'dropped', 'Dropped', /could not open it, or it breaks a rule/],
    ['selfTrade', 'dropped', 'Dropped', /an earlier order of your own/],
    ['uncovered', 'dropped', 'Dropped', /your margin did not cover all of it/],
    ['tooManyConditional', 'dropped', 'Dropped', /the 256 oldest orders/],
    ['fillOrKill', 'dropped', 'Dropped', /its batch could not fill all of it/],
    ['minFillEnded', 'dropped', 'Dropped', /less than its minimum fill, .* for that batch alone/],
    ['cutEnded', 'dropped', 'Dropped', /all that your margin covered/],
    ['crowdedOutRests', 'resting', 'Crowded out', /^Batch 3 had more orders than places/],
    ['crowdedOutEnded', 'dropped', 'Dropped', /better prices took all of them/],
    ['tooOld', 'dropped', 'Dropped', /number of batches in this market/],
  ])('%s', (disposition, at, name, words) => {
    const said = shown(known(disposition))
    expect(said).toMatchObject({ at, name })
    expect(said.text).toMatch(words)
    // What ended it is told before anybody opened it, too.
    if (at !== 'resting') expect(shown(known(disposition), order(), null).at).toBe(at)
  })

  it('says how much the margin covered, and no more than that of one that traded', () => {
    const partly = order({ fills: [fill(3, 4)] })
    expect(shown(known('cutRests'), partly).text).toMatch(/your margin covered only 0\.4 GRAIN of it, which traded/)
    expect(shown(known('rests'), partly)).toMatchObject({
      name: 'Partly filled',
      text: '0.4 GRAIN of it traded. The rest takes part in every batch until you cancel it.',
    })
  })

  it('goes by the list, and by its own terms only without one', () => {
    const whole = { ...buy, flags: 2 }
    expect(shown(null, order(), whole).text).toMatch(/filled whole or not at all, and its batch did not fill it/)
    expect(shown(known('uncovered'), order(), whole).text).toMatch(/margin did not cover/)
    expect(shown(null, order(), buy, true).at).toBe('dropped')
    expect(shown(known('rests'), order(), buy, true).at).toBe('resting')
    // What was dropped was not ended by a later cancellation.
    expect(shown(known('tooManyConditional'), order({ cancelledIn: 5 })).at).toBe('dropped')
    expect(shown(known('rests', 3, true), order(), { ...buy, expiryBatch: 5 }).at).toBe('expired')
  })

  it('says so where the list is not here, or is not the one that was signed', () => {
    const missing: OrderReason = { known: false, batchId: 3, list: 'missing' }
    expect(shown(missing).text).toMatch(/^The enclave’s list with the reasons of batch 3 is not here yet\. The rest/)
    expect(shown({ ...missing, list: 'wrong' }).text).toMatch(/not the one that the enclave signed for/)
    expect(shown(missing, order(), { ...buy, flags: 0 }).text).toMatch(
      /cleared without it\. The enclave’s list .* not here yet\.$/,
    )
  })
})
