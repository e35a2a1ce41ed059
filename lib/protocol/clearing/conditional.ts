import { ORDER_FLAG, type OrderColumns } from './orders'

/** Whether an order must be filled to some size or not at all. */
export function hasTerms({ flags, minFill }: OrderColumns, at: number): boolean {
  return (flags[at]! & ORDER_FLAG.fillOrKill) !== 0 || minFill[at]! > 0
}

/** Lots below which an order with terms is left out. */
export function termsOf({ flags, quantity, minFill }: OrderColumns, at: number): number {
  return flags[at]! & ORDER_FLAG.fillOrKill ? quantity[at]! : minFill[at]!
}

/** Whether order `a` is left out before `b`: buys before sells, then the worse limit, then the newer. Section 11, step 6. */
export function isWorse({ flags, price }: OrderColumns, a: number, b: number): boolean {
  const side = flags[a]! & ORDER_FLAG.sell
  if (side !== (flags[b]! & ORDER_FLAG.sell)) return side === 0
  if (price[a] !== price[b]) return side === 0 ? price[a]! < price[b]! : price[a]! > price[b]!
  return a > b
}
