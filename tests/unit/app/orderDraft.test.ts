import { describe, expect, it } from 'vitest'
import { changeOrder, draftOrder, FIRST_FORM, type OrderForm } from '../../../app/_orders/orderDraft'
import { worstPrice } from '../../../app/_orders/worstPrice'
import { market } from './orderFixture'

const form: OrderForm = { ...FIRST_FORM, price: '100', size: '1.5' }
const draft = (change: Partial<OrderForm>) => draftOrder({ ...form, ...change }, market, 1_000)
const errorsOf = (change: Partial<OrderForm>) => {
  const drafted = draft(change)
  return drafted.ok ? {} : drafted.errors
}

describe('draftOrder', () => {
  it('seals ticks, lots and flags as the protocol has them', () => {
    expect(draft({})).toEqual({
      ok: true,
      terms: { price: 1_000, quantity: 15, flags: 4, minFill: 0, expiryBatch: 0 },
    })
    expect(draft({ side: 'sell', type: 'market', life: 'batch' })).toMatchObject({ terms: { flags: 1 | 8 } })
    expect(draft({ fillOrKill: true, life: 'batch' })).toMatchObject({ terms: { flags: 2 } })
    expect(draft({ minFill: '0.4' })).toMatchObject({ terms: { minFill: 4 } })
  })

  it('lasts through the batch in which its span ends', () => {
    // Batch 1 is over at second 1,030: five minutes later it is batch 11.
    expect(draft({ life: 'span', span: 300 })).toMatchObject({ terms: { flags: 4, expiryBatch: 11 } })
    expect(draft({ life: 'span', span: 29 })).toMatchObject({ terms: { expiryBatch: 1 } })
  })

  it('says field by field what is wrong', () => {
    expect(errorsOf({ price: '100.05', size: '' })).toEqual({
      price: expect.stringContaining('steps of 0.1 DUSD') as string,
      size: 'Enter an amount.',
    })
    expect(errorsOf({ minFill: '1.6' })).toEqual({ minFill: 'It cannot be more than the order itself, 1.5 GRAIN.' })
    expect(errorsOf({ minFill: 'x' })).toHaveProperty('minFill')
  })

  it('reads a comma, and asks where one may be a thousand', () => {
    expect(draft({ price: '100,5', size: '1,5', minFill: '0,5' })).toMatchObject({
      terms: { price: 1_005, quantity: 15, minFill: 5 },
    })
    expect(errorsOf({ size: '1,500' })).toEqual({ size: 'Do you mean 1.5 or 1,500?' })
  })

  it('names a minimum that the order itself leaves room for', () => {
    expect(errorsOf({ size: '1.5', minFill: '1.45' })).toEqual({
      minFill: 'Sizes go in steps of 0.1 GRAIN: try 1.4 GRAIN or 1.5 GRAIN.',
    })
    expect(errorsOf({ size: '1.5', minFill: '1.55' })).toEqual({
      minFill: 'It cannot be more than the order itself, 1.5 GRAIN.',
    })
  })

  it('takes the worst price of a market order where none was typed, exactly', () => {
    const bare = { ...form, type: 'market', price: '' } as const
    expect(draftOrder(bare, market, 1_000, 1_234)).toMatchObject({ terms: { price: 1_234, flags: 4 | 8 } })
    expect(draftOrder({ ...bare, price: '99' }, market, 1_000, 1_234)).toMatchObject({ terms: { price: 990 } })
    expect(draftOrder(bare, market, 1_000)).toMatchObject({ errors: { price: 'Enter an amount.' } })
    expect(draftOrder({ ...bare, type: 'limit' }, market, 1_000, 1_234)).toMatchObject({ ok: false })
  })

  it('takes no minimum where all or nothing is asked for', () => {
    expect(draft({ fillOrKill: true, minFill: 'x' })).toMatchObject({ ok: true, terms: { minFill: 0 } })
  })
})

describe('changeOrder', () => {
  it('makes a market order one for its batch, and a limit order one that stays', () => {
    const atMarket = changeOrder(form, { type: 'market' })
    expect(atMarket.life).toBe('batch')
    expect(changeOrder(atMarket, { type: 'limit' }).life).toBe('cancelled')
    expect(changeOrder(changeOrder(atMarket, { life: 'cancelled' }), { size: '2' }).life).toBe('cancelled')
  })

  it('makes one that is filled whole or not at all one for its batch, without a minimum', () => {
    expect(changeOrder({ ...form, minFill: '1' }, { fillOrKill: true })).toMatchObject({ life: 'batch', minFill: '' })
  })
})

describe('worstPrice', () => {
  it('is the band’s edge on that side, in ticks, and none before any trade', () => {
    expect(worstPrice('buy', market)).toBe(1_050)
    expect(worstPrice('sell', market)).toBe(950)
    expect(worstPrice('buy', { ...market, lastPrice: 123_456 })).toBe(129_628)
    expect(worstPrice('sell', { ...market, lastPrice: 1 })).toBe(1)
    expect(worstPrice('buy', { ...market, lastPrice: null })).toBeUndefined()
  })
})
