import type { BlockRef, ChainConnection } from '../chain/connection'
import type { Queryable } from '../db/client'
import { readBlocksBelow, type BlockRow } from '../db/blocks'

const PAGE = 100

/** Whether the chain still has this block at its height. */
export async function isOnChain(
  connection: ChainConnection,
  block: { number: bigint; hash: string },
  head: BlockRef,
): Promise<boolean> {
  if (block.number > head.number) return false
  const found = block.number === head.number ? head : await connection.readBlock(block.number)
  return found.hash === block.hash
}

/**
 * The highest stored block that the chain still has. Stored blocks are sparse where they are old, which loses nothing:
 * a skipped block held no event, and everything above the ancestor is read again.
 *
 * @returns null where the chain has none of them (a reset local chain, for one).
 */
export async function findAncestor(
  connection: ChainConnection,
  db: Queryable,
  head: BlockRef,
): Promise<BlockRow | null> {
  let below: bigint | null = null
  for (;;) {
    const page: BlockRow[] = await readBlocksBelow(db, below, PAGE)
    for (const block of page) {
      if (await isOnChain(connection, block, head)) return block
      below = block.number
    }
    if (page.length < PAGE) return null
  }
}
