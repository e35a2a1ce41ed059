import type { z } from 'zod'
import type { Queryable } from '../../../../lib/db/client'
import { readSnapshot } from '../../../../lib/db/snapshot'
import type { IndexState } from '../_schemas/common'
import { CORS_HEADERS } from './cors'
import { database } from './database'
import { etagOf, matches } from './etag'
import type { Endpoint } from './endpoint'
import { readIndexedRevision, toIndexState, type IndexedRevision, type IndexedState } from './indexState'
import { parseParams, parseQuery } from './parse'
import { json, respond } from './respond'

/** What an answer is made from: one state of the database. `now` is the chain time that phases are judged by. */
export type Snapshot<Path, Query> = { tx: Queryable; state: IndexedState; now: bigint; path: Path; query: Query }

/** Next gives no parameters to a route whose path has none. */
type Context = { params: Promise<Record<string, string>> }

/** Whoever keeps an answer asks whether it still holds before using it again: 304, mostly. */
const CACHE = 'public, no-cache'

/**
 * The GET handler of an endpoint: checks path and query, reads one snapshot, adds the state of the index, and answers
 * 304 to who has it already.
 *
 * @param build Makes the answer, but for `index`.
 */
export function serve<Path extends z.ZodType, Query extends z.ZodType, Output extends { index: IndexState }>(
  endpoint: Endpoint<Path, Query, z.ZodType<Output>>,
  build: (snapshot: Snapshot<z.output<Path>, z.output<Query>>) => Promise<Omit<Output, 'index'>>,
): (request: Request, context?: Context) => Promise<Response> {
  return (request, context) =>
    respond(request, async () => {
      const path = parseParams(endpoint.pathParams, (await context?.params) ?? {})
      const query = parseQuery(endpoint.query, request)
      const db = database()
      const now = new Date()
      const wanted = request.headers.get('if-none-match')
      if (wanted !== null) {
        const etag = tagOf(request, await readIndexedRevision(db), now)
        if (matches(wanted, etag)) return new Response(null, { status: 304, headers: headersOf(etag) })
      }
      return readSnapshot(db, async (tx) => {
        const revision = await readIndexedRevision(tx)
        const { state } = revision
        const answer = await build({ tx, state, now: state.headTime, path, query })
        return json({ ...answer, index: toIndexState(state, now) }, headersOf(tagOf(request, revision, now)))
      })
    })
}

function headersOf(etag: string) {
  return { ...CORS_HEADERS, etag, 'cache-control': CACHE, vary: 'Accept-Encoding' }
}

function tagOf(request: Request, revision: IndexedRevision, now: Date): string {
  const { state, ...rest } = revision
  const { updatedAt: _updatedAt, ...followed } = state
  return etagOf(request, [followed, rest, toIndexState(state, now)])
}
