import type { Hex } from 'viem'

/** Transactions of an auction's lots that may revert in blocks before no more are sent. */
const LIMIT = 3

/**
 * Counts, per auction, transactions that moved its lots and reverted in a block. A token can tell a dry run from a
 * block, let the one pass and fail the other, and each of those costs gas: unlike everything else that fails, it is
 * not tried forever. The owners can always send for their lots themselves.
 */
export class LotFailures {
  readonly #reverts = new Map<Hex, number>()

  /** @returns Whether this was the last one. */
  fail(id: Hex): boolean {
    const reverts = (this.#reverts.get(id) ?? 0) + 1
    this.#reverts.set(id, reverts)
    return reverts === LIMIT
  }

  areGivenUp(id: Hex): boolean {
    return (this.#reverts.get(id) ?? 0) >= LIMIT
  }
}
