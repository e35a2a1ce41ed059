import type { Queryable } from '../../lib/db/client'
import { readSyncState } from '../../lib/db/sync'

/** The index was asked before it had read its first block. */
export class NotIndexedYet extends Error {
  override name = 'NotIndexedYet'
  constructor() {
    super('Nothing is indexed yet.')
  }
}

/** How far the index is. `now`: the newest block's time when the indexer last looked, which phases are judged by. */
export type Head = { now: bigint; block: bigint; head: bigint; updatedAt: Date; simulated: boolean }

/** @throws NotIndexedYet */
export async function readHead(db: Queryable): Promise<Head> {
  const state = await readSyncState(db)
  if (!state?.cursor) throw new NotIndexedYet()
  const { headTime: now, head, updatedAt, simulated, cursor } = state
  return { now, block: cursor.number, head, updatedAt, simulated }
}
