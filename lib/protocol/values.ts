import { UINT32_MAX } from './constants'
import { SubrosaError } from './errors'

const QUANTITY_BITS = 32n

function isPositiveUint32(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= UINT32_MAX
}

/**
 * Checks a price in ticks per lot: a uint32 of at least 1. PROTOCOL.md section 2.
 * @throws SubrosaError PRICE_OUT_OF_RANGE
 */
export function assertPrice(price: number, field = 'price'): void {
  if (!isPositiveUint32(price)) throw new SubrosaError('PRICE_OUT_OF_RANGE', { field })
}

/**
 * Checks a quantity in lots: a uint32 of at least 1. PROTOCOL.md section 2.
 * @throws SubrosaError QUANTITY_OUT_OF_RANGE
 */
export function assertQuantity(quantity: number, field = 'quantity'): void {
  if (!isPositiveUint32(quantity)) throw new SubrosaError('QUANTITY_OUT_OF_RANGE', { field })
}

/**
 * The committed value `price * 2^32 + quantity`, a uint64. PROTOCOL.md section 2.
 * @throws SubrosaError PRICE_OUT_OF_RANGE, QUANTITY_OUT_OF_RANGE
 */
export function encodeValue(price: number, quantity: number): bigint {
  assertPrice(price)
  assertQuantity(quantity)
  return (BigInt(price) << QUANTITY_BITS) | BigInt(quantity)
}

/**
 * Splits a committed value into price and quantity.
 * @throws SubrosaError VALUE_OUT_OF_RANGE if it is not a uint64, or the code of a part that is 0.
 */
export function decodeValue(value: bigint): { price: number; quantity: number } {
  if (value < 0n || value >> 64n !== 0n) throw new SubrosaError('VALUE_OUT_OF_RANGE', { field: 'value' })
  const price = Number(value >> QUANTITY_BITS)
  const quantity = Number(value & BigInt(UINT32_MAX))
  assertPrice(price)
  assertQuantity(quantity)
  return { price, quantity }
}

/**
 * What `quantity` lots at `price` cost, in base units of the payment token: exact, no rounding. PROTOCOL.md section 2.
 * A clearing price may be 0 where there is no reserve, so zeros are allowed here.
 */
export function paymentOf(price: number, quantity: number, tickSize: bigint): bigint {
  return BigInt(price) * BigInt(quantity) * tickSize
}
