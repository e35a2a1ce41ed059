import type { BlockRef, ChainConnection } from '../chain/connection'
import { ForkChangedError } from './errors'

/** Requests under way at once. */
const AT_ONCE = 16

/**
 * The headers of a range of blocks, both ends included, each the parent of the next.
 *
 * @param after Hash that the first one must name as its parent; null where there is none to compare.
 * @throws ForkChangedError where one does not.
 */
export async function readHeaders(
  connection: ChainConnection,
  from: bigint,
  to: bigint,
  after: string | null,
): Promise<BlockRef[]> {
  const headers = await inOrder(
    Array.from({ length: Number(to - from) + 1 }, (_, index) => from + BigInt(index)),
    (number) => connection.readBlock(number),
  )
  let parent = after
  for (const { number, hash, parentHash } of headers) {
    if (parent !== null && parentHash !== parent)
      throw new ForkChangedError(`block ${number} does not follow ${parent}`)
    parent = hash
  }
  return headers
}

/** Maps with a few requests at a time; the results in the order of the items. */
export async function inOrder<Item, Result>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(ask))))
  }
  return results
}
