import { readRevision, type Revision } from '../../../../lib/db/snapshot'
import type { Queryable } from '../../../../lib/db/client'
import type { SyncState } from '../../../../lib/db/sync'
import type { IndexState } from '../_schemas/common'
import { ApiError } from './errors'
import { toHash } from './hex'

export type IndexedState = SyncState & { cursor: NonNullable<SyncState['cursor']> }
export type IndexedRevision = Revision & { state: IndexedState }

/** Coarse, so that an answer stays the same, and its ETag with it, while nothing happens. */
const AGE_STEP_SECONDS = 15
const STALE_AGE_SECONDS = 30
const STALE_LAG_SECONDS = 60

/** @throws ApiError INDEX_NOT_READY before the first block is indexed. */
export async function readIndexedRevision(db: Queryable): Promise<IndexedRevision> {
  const revision = await readRevision(db)
  if (!revision?.state.cursor) throw new ApiError('INDEX_NOT_READY')
  return { ...revision, state: { ...revision.state, cursor: revision.state.cursor } }
}

/**
 * How fresh an answer is.
 *
 * @param now The server's clock.
 */
export function toIndexState({ cursor, head, headTime, updatedAt }: IndexedState, now: Date): IndexState {
  const age = Math.max(0, (now.getTime() - updatedAt.getTime()) / 1_000)
  const ageSeconds = Math.floor(age / AGE_STEP_SECONDS) * AGE_STEP_SECONDS
  const lagSeconds = Math.max(0, Number(headTime - cursor.time))
  return {
    blockNumber: Number(cursor.number),
    blockHash: toHash(cursor.hash),
    time: Number(cursor.time),
    head: Number(head),
    headTime: Number(headTime),
    // Right after a reorganisation the cursor can stand above a shorter chain's head.
    lagBlocks: Math.max(0, Number(head - cursor.number)),
    lagSeconds,
    ageSeconds,
    stale: ageSeconds >= STALE_AGE_SECONDS || lagSeconds >= STALE_LAG_SECONDS,
  }
}
