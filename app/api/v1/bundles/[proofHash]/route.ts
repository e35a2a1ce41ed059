import { findBundleLength, readBundlePart } from '../../../../../lib/db/bundles'
import { CORS_HEADERS, OPTIONS as preflight } from '../../_lib/cors'
import { database } from '../../_lib/database'
import { bundleEndpoint } from '../../_lib/endpoints'
import { ApiError } from '../../_lib/errors'
import { matches } from '../../_lib/etag'
import { parseParams, parseQuery } from '../../_lib/parse'
import { respond } from '../../_lib/respond'

export const OPTIONS = preflight

type Context = { params: Promise<Record<string, string>> }

/** Read from the database at a time, so that a long bundle never stands in memory whole. */
const PART = 1024 * 1024

/** A settlement's proof bundle. Its address is its hash, so it never changes; but it goes where its settlement goes. */
export function GET(request: Request, context: Context): Promise<Response> {
  return respond(request, async () => {
    const { proofHash } = parseParams(bundleEndpoint.pathParams, await context.params)
    parseQuery(bundleEndpoint.query, request)
    const name = proofHash.toLowerCase()
    const length = await findBundleLength(database(), name)
    if (length === null) {
      throw new ApiError('NOT_FOUND', { message: 'No settlement has such a bundle here.', field: 'proofHash' })
    }
    const etag = `"${name}"`
    const headers = {
      ...CORS_HEADERS,
      etag,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}.srpb"`,
    }
    if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
    const parts = readParts(name, length)
    return new Response(parts, { headers: { ...headers, 'content-length': String(length) } })
  })
}

/** Whoever reads slowly is waited for; whoever leaves is read for no longer. */
function readParts(proofHash: string, length: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream(
    {
      async pull(controller) {
        const part = await readBundlePart(database(), proofHash, at, PART)
        // An answer that ends before the length it announced is an error to every client.
        if (part.length === 0) throw new Error('the bundle is no longer here')
        at += part.length
        controller.enqueue(part)
        if (at >= length) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
