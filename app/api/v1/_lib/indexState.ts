import type { Queryable } from '../../../../lib/db/client'
import { readSyncState, type SyncState } from '../../../../lib/db/sync'
import type { IndexState } from '../_schemas/common'
import { ApiError } from './errors'

export type IndexedState = SyncState & { cursor: NonNullable<SyncState['cursor']> }

/** @throws ApiError INDEX_NOT_READY before the first block is indexed. */
export async function readIndexState(db: Queryable): Promise<IndexedState> {
  const state = await readSyncState(db)
  if (!state?.cursor) {
    throw new ApiError('INDEX_NOT_READY', 'Nothing is indexed yet. Try again in a few seconds.')
  }
  return { ...state, cursor: state.cursor }
}

/**
 * How fresh an answer is.
 *
 * @param now The server's clock.
 */
export function toIndexState({ cursor, head, headTime, updatedAt }: IndexedState, now: Date): IndexState {
  return {
    blockNumber: Number(cursor.number),
    time: Number(cursor.time),
    head: Number(head),
    headTime: Number(headTime),
    // Right after a reorganisation the cursor can stand above a shorter chain's head.
    lagBlocks: Math.max(0, Number(head - cursor.number)),
    lagSeconds: Math.max(0, Number(headTime - cursor.time)),
    ageSeconds: Math.max(0, Math.floor((now.getTime() - updatedAt.getTime()) / 1000)),
  }
}
