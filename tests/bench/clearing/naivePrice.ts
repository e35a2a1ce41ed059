/** An order as it is written down, in whole numbers of any size. */
export interface PlainOrder {
  isSell: boolean
  price: bigint
  quantity: bigint
}

/**
 * The price at which most trades, of these with the least surplus, and of these the lowest: what a first version would do.
 * It knows no band, no market orders and no terms, and gives nobody anything.
 *
 * @returns Null where nothing trades.
 */
export function naivePrice(orders: readonly PlainOrder[]): { price: bigint; volume: bigint } | null {
  const sorted = [...orders].sort((a, b) => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0))
  let demand = 0n
  for (const { isSell, quantity } of orders) if (!isSell) demand += quantity
  let supply = 0n
  let best: { price: bigint; volume: bigint; surplus: bigint } | null = null
  for (let next = 0; next < sorted.length;) {
    const { price } = sorted[next]!
    let bought = 0n
    for (; next < sorted.length && sorted[next]!.price === price; next += 1) {
      const { isSell, quantity } = sorted[next]!
      if (isSell) supply += quantity
      else bought += quantity
    }
    const volume = demand < supply ? demand : supply
    const surplus = demand < supply ? supply - demand : demand - supply
    const isBetter = !best || volume > best.volume || (volume === best.volume && surplus < best.surplus)
    if (volume > 0n && isBetter) best = { price, volume, surplus }
    demand -= bought
  }
  return best && { price: best.price, volume: best.volume }
}
