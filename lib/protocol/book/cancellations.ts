import type { Address, Hex } from 'viem'

/** A used batch with what was cancelled in it: orders by their leaf, and everything of some traders. */
interface WithCancellations {
  batchId: bigint
  orders: readonly { leaf: Hex; trader: Address }[]
  cancelled: readonly Hex[]
  /** Who called `cancelAll` in it. */
  cancelledAll: readonly Address[]
}

/**
 * The leaves that stop trading with each batch: those cancelled in it, and those that a `cancelAll` in it reaches, which is
 * every order that its trader placed in an earlier batch. PROTOCOL.md section 11.
 *
 * @param batches The market's used ones, in order.
 * @param resting Of batches before the first of these, the orders that still rest.
 * @returns By batch.
 */
export function cancelledByBatch(
  batches: readonly WithCancellations[],
  resting: readonly { leaf: Hex; trader: Address }[] = [],
): Map<bigint, Hex[]> {
  const byBatch = new Map(batches.map(({ batchId, cancelled }) => [batchId, [...cancelled]]))
  /** Of each trader, orders that no `cancelAll` has reached yet. */
  const open = new Map<string, Hex[]>()
  const add = (orders: readonly { leaf: Hex; trader: Address }[]) => {
    for (const { leaf, trader } of orders) {
      const key = trader.toLowerCase()
      const known = open.get(key)
      if (known) known.push(leaf)
      else open.set(key, [leaf])
    }
  }
  add(resting)
  for (const { batchId, orders, cancelledAll } of batches) {
    for (const trader of cancelledAll) {
      const key = trader.toLowerCase()
      for (const leaf of open.get(key) ?? []) byBatch.get(batchId)?.push(leaf)
      open.delete(key)
    }
    add(orders)
  }
  return byBatch
}
