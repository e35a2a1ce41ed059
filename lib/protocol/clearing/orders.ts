import { SubrosaError } from '../errors'

/** Bits of an order's flags. PROTOCOL.md section 11. */
export const ORDER_FLAG = { sell: 1, fillOrKill: 2, stays: 4, market: 8 } as const

/** Orders of one batch; beyond it a sum of quantities could leave the integers that a double holds exactly. */
export const MAX_ORDERS = 1 << 20

/**
 * The orders of a batch by column, in seq order: `count` entries each. A column costs a few bytes an order and no object,
 * which is what lets a hundred thousand be cleared in milliseconds.
 */
export interface OrderColumns {
  count: number
  /** ORDER_FLAG bits. */
  flags: Uint8Array
  /** Ticks per lot: the limit, or the worst acceptable price of a market order. */
  price: Uint32Array
  /** Lots still wanted, as far as margin covers them; 0 takes no part. */
  quantity: Uint32Array
  /** A number for each trader, from 0 without gaps. */
  trader: Uint32Array
  /** Lots below which the order is left out, at most its remainder; 0 for none. */
  minFill: Uint32Array
}

/** @throws SubrosaError INVALID_FIELD above MAX_ORDERS. */
export function createColumns(count: number): OrderColumns {
  if (count > MAX_ORDERS) {
    throw new SubrosaError('INVALID_FIELD', { field: 'orders', details: `must be at most ${MAX_ORDERS}` })
  }
  return {
    count,
    flags: new Uint8Array(count),
    price: new Uint32Array(count),
    quantity: new Uint32Array(count),
    trader: new Uint32Array(count),
    minFill: new Uint32Array(count),
  }
}

/** Whether an order trades at price `p`. */
export function accepts(flags: number, limit: number, p: number): boolean {
  return flags & ORDER_FLAG.sell ? limit <= p : limit >= p
}
