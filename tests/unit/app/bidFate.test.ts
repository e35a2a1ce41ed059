import { describe, expect, it } from 'vitest'
import { ownFate, publicFate } from '../../../app/_bids/bidFate'

describe('publicFate', () => {
  it('says no more than everyone can know', () => {
    const open = publicFate({ sold: true, reserve: 50 })
    expect(open.title).toBe('Your bid was counted, and did not win.')
    expect(open.why).toBe('Either it was below the reserve, or another was higher, or equal and earlier.')
  })

  it('does not speak of a reserve where there is none', () => {
    expect(publicFate({ sold: true, reserve: 0 }).why).toBe('Another was higher, or equal and earlier.')
  })

  it('knows why nobody won', () => {
    expect(publicFate({ sold: false, reserve: 50 }).title).toContain('did not reach the reserve')
  })
})

describe('ownFate', () => {
  it('tells a bid below the reserve from one that was beaten', () => {
    expect(ownFate(49, { sold: true, reserve: 50 })).toContain('below the reserve')
    expect(ownFate(50, { sold: true, reserve: 50 })).toContain('another bid was higher')
    expect(ownFate(49, { sold: false, reserve: 50 })).toContain('below the reserve')
  })

  it('does not pass over a result that contradicts the bid', () => {
    expect(ownFate(50, { sold: false, reserve: 50 })).toContain('this should not be')
  })
})
