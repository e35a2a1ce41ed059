import { describe, expect, it } from 'vitest'
import { pricingRuleAt, pricingRuleIndex, TAGS, UINT32_MAX } from '../../../lib/protocol/constants'
import { decodeValue, encodeValue, paymentOf } from '../../../lib/protocol/values'
import { keccak256, stringToHex } from 'viem/utils'

describe('values (PROTOCOL.md section 2)', () => {
  it('packs price above quantity', () => {
    expect(encodeValue(1, 1)).toBe(0x1_0000_0001n)
    expect(encodeValue(UINT32_MAX, UINT32_MAX)).toBe(2n ** 64n - 1n)
    expect(decodeValue(encodeValue(77, 3))).toEqual({ price: 77, quantity: 3 })
  })

  it.each([0, -1, 1.5, NaN, UINT32_MAX + 1])('refuses %s as a price and as a quantity', (bad) => {
    expect(() => encodeValue(bad, 1)).toThrow(expect.objectContaining({ code: 'PRICE_OUT_OF_RANGE' }) as Error)
    expect(() => encodeValue(1, bad)).toThrow(expect.objectContaining({ code: 'QUANTITY_OUT_OF_RANGE' }) as Error)
  })

  it.each([
    [2n ** 64n, 'VALUE_OUT_OF_RANGE'],
    [-1n, 'VALUE_OUT_OF_RANGE'],
    [5n, 'PRICE_OUT_OF_RANGE'],
    [5n << 32n, 'QUANTITY_OUT_OF_RANGE'],
  ])('refuses %s as a committed value', (value, code) => {
    expect(() => decodeValue(value)).toThrow(expect.objectContaining({ code }) as Error)
  })

  it('multiplies exactly beyond 2^53', () => {
    expect(paymentOf(UINT32_MAX, UINT32_MAX, 2n ** 96n - 1n)).toBe((2n ** 32n - 1n) ** 2n * (2n ** 96n - 1n))
  })
})

describe('constants', () => {
  it.each(Object.entries(TAGS))('tag %s is keccak256 of its name under subrosa/v1/', (name, tag) => {
    expect(tag).toBe(keccak256(stringToHex(`subrosa/v1/${name}`)))
  })

  it('numbers the pricing rules as the contract does', () => {
    expect([0, 1, 2, 3].map(pricingRuleAt)).toEqual(['FIRST_PRICE', 'SECOND_PRICE', 'UNIFORM_PRICE', 'PAY_AS_BID'])
    expect(pricingRuleIndex('PAY_AS_BID')).toBe(3)
    expect(() => pricingRuleAt(4)).toThrow(RangeError)
  })
})
