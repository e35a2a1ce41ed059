import { keccak256 } from 'viem/utils'
import { carriedPath, parseCarried } from '../../chain/book/carriedFile'
import {
  countCarriedLists,
  findDueCarriedLists,
  publishKeptCarriedLists,
  recordCarriedList,
  type DueCarriedList,
} from '../../db/book/carriedLists'
import { encodeCarried } from '../../protocol/book/carried'
import type { FileSource } from './fileSource'

/**
 * What became of every order of a settled batch: the list that the settlement commits to. PROTOCOL.md section 11.
 *
 * Its enclave publishes it to whoever asks, so that the index, in keeping it, makes nothing known that was not. It names
 * orders by their leaves, which the chain links to their traders. So a reason says something about an order that stays
 * sealed: `cut…` and `uncovered` that it asked for more than its trader's margin covered, `minFill…` and `fillOrKill`
 * that it had such a condition, `selfTrade` that its trader had another on the other side, `rests` and `ended` whether
 * it stays. No price, size or side is in it, but for lots filled, which the chain has.
 */
export const CARRIED_LISTS: FileSource<DueCarriedList> = {
  name: 'carried list',
  // An enclave makes each list anew, with the workers that settle.
  atOnce: 2,
  accept: 'application/json',
  pathOf: ({ marketId, batchId }) => carriedPath(marketId, batchId),
  check: (served, { hash }) => {
    const carried = parseCarried(new TextDecoder().decode(served))
    if (!carried) return { ok: false, reason: 'what was served is no list of orders' }
    const content = encodeCarried(carried)
    const found = keccak256(content)
    if (found === hash) return { ok: true, content }
    return { ok: false, reason: `the enclave publishes another list than it signed for, which hashes to ${found}` }
  },
  about: ({ marketId, batchId }) => ({ market: marketId, batch: batchId }),
  findDue: findDueCarriedLists,
  record: recordCarriedList,
  publishKept: publishKeptCarriedLists,
  count: countCarriedLists,
  metricsOf: ({ carriedLists }) => carriedLists,
}
