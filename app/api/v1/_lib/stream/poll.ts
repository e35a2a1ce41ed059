import type { Queryable } from '../../../../../lib/db/client'
import type { PollResponse } from '../../_schemas/stream'
import { passes, type StreamFilter } from './filter'
import { toStreamEvent } from './frames'
import { currentPosition, formatPosition, parsePosition, positionOf, readAfter } from './position'

/**
 * The stream's events after an id, as JSON.
 *
 * @param after Undefined: only where the feed ends now.
 * @param limit Of entries read, before the filter.
 */
export async function pollFeed(
  db: Queryable,
  filter: StreamFilter,
  after: string | undefined,
  limit: number,
): Promise<PollResponse> {
  const from = after === undefined ? undefined : parsePosition(after)
  const entries = from && (await readAfter(db, from, limit))
  if (!from || !entries) {
    const now = formatPosition(await currentPosition(db))
    return { events: [], reset: after !== undefined, more: false, lastEventId: now }
  }
  const last = entries.at(-1)
  return {
    events: entries.filter((entry) => passes(entry, filter)).map(toStreamEvent),
    reset: false,
    more: entries.length === limit,
    lastEventId: formatPosition(last ? positionOf(last) : from),
  }
}
