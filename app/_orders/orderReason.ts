import type { Hex } from 'viem'
import type { Carried } from '../../lib/protocol/book/carried'
import { dispositionName, restsOn, type DispositionName } from '../../lib/protocol/book/disposition'
import type { StandingList } from './foldBatches'

/**
 * What the enclave's list says of an order: its newest word on it, of batch `batchId`. `gone`: the newest batch's list
 * has it no more, though nothing in that word ended it, so that a batch which nobody settled did.
 */
export type KnownReason = { known: true; batchId: number; name: DispositionName; gone: boolean }

/** The list of that batch is not to be had here (`missing`), or is not the one that the enclave signed for (`wrong`). */
export type UnknownReason = { known: false; batchId: number; list: 'missing' | 'wrong' }

export type OrderReason = KnownReason | UnknownReason

/** Own orders in a batch's list, by leaf, once that was held against the signed hash. */
export type OwnRows = ReadonlyMap<Hex, Carried> | UnknownReason['list']

/**
 * An order's reason, from the fewest lists: an order is in the list of its own batch and of each after it, up to the one
 * that it ended in. PROTOCOL.md section 11.
 *
 * @param lists Of the market's standing settlements, by batch.
 * @param load Must give the same for the same list.
 * @returns null where no settlement has said anything of it: its batch is not settled, or is void and ended it.
 */
export async function readReason(
  { leaf, batchId }: { leaf: Hex; batchId: number },
  lists: readonly StandingList[],
  load: (list: StandingList) => Promise<OwnRows>,
): Promise<OrderReason | null> {
  const own = lists.filter((list) => list.batchId >= batchId)
  const [first, newest] = [own.at(0), own.at(-1)]
  if (!first || !newest) return null
  const ask = async (list: StandingList): Promise<OrderReason | null> => {
    const rows = await load(list)
    if (typeof rows === 'string') return { known: false, batchId: list.batchId, list: rows }
    const row = rows.get(leaf)
    const name = row ? dispositionName(row.disposition) : null
    if (!row || name === null) return null
    return { known: true, batchId: list.batchId, name, gone: restsOn(row.disposition) && list !== newest }
  }
  const begun = await ask(first)
  if (!begun?.known || !begun.gone) return begun
  const latest = await ask(newest)
  if (latest) return latest
  // It is in the list at `low`, and not in the one at `high`.
  let [found, low, high]: [OrderReason, number, number] = [begun, 0, own.length - 1]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const said = await ask(own[middle] as StandingList)
    if (said && !said.known) return said
    if (said) [found, low] = [said, middle]
    else high = middle
  }
  return found
}
