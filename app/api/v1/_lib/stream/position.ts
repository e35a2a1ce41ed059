import { createHash } from 'node:crypto'
import type { Queryable } from '../../../../../lib/db/client'
import { newestFeedId, readFeed, type FeedEntry } from '../../../../../lib/db/feed'

/**
 * A place in the feed: an entry's number, and a mark of what it says. Numbers alone would not do: after a database is
 * made anew, or restored from a copy, the same numbers stand for other entries.
 */
export type Position = { id: bigint; mark: string }

/** Before the first entry of an empty feed. */
export const BEGINNING: Position = { id: 0n, mark: '00000000' }

export function positionOf(entry: FeedEntry): Position {
  const text = [entry.id, entry.kind, entry.blockHash, entry.auctionId, entry.seq, entry.createdAt.getTime()].join(' ')
  return { id: entry.id, mark: createHash('sha256').update(text).digest('hex').slice(0, 8) }
}

/** An event's id, as clients keep it. @example '4711-9f86d081' */
export function formatPosition({ id, mark }: Position): string {
  return `${id}-${mark}`
}

/** @returns undefined where the text is no event id. */
export function parsePosition(text: string): Position | undefined {
  const [, id, mark] = /^(0|[1-9][0-9]{0,17})-([0-9a-f]{8})$/.exec(text) ?? []
  return id === undefined || mark === undefined ? undefined : { id: BigInt(id), mark }
}

/** Where the feed ends now. */
export async function currentPosition(db: Queryable): Promise<Position> {
  const newest = await newestFeedId(db)
  if (newest === null) return BEGINNING
  const [entry] = await readFeed(db, { afterId: newest - 1n, limit: 1 })
  return entry ? positionOf(entry) : BEGINNING
}

/**
 * What came after a place. The entry of the place itself is read with it, in one query: if it is there, nothing after it
 * has been dropped.
 *
 * @returns null where the feed no longer holds the place, or never did.
 */
export async function readAfter(db: Queryable, position: Position, limit: number): Promise<FeedEntry[] | null> {
  if (position.id === 0n) {
    const entries = await readFeed(db, { afterId: 0n, limit })
    return entries[0] === undefined || entries[0].id === 1n ? entries : null
  }
  const [own, ...after] = await readFeed(db, { afterId: position.id - 1n, limit: limit + 1 })
  return own?.id === position.id && positionOf(own).mark === position.mark ? after : null
}
