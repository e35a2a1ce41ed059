import { readEnclaveEvidence } from '../../../../../_server/readEnclaveEvidence'
import { readKeptEvidence } from '../../../../../_server/readKeptEvidence'
import { database } from '../../../_lib/database'
import { enclaveEvidenceEndpoint } from '../../../_lib/endpoints'
import { ApiError } from '../../../_lib/errors'
import { etagOf, matches } from '../../../_lib/etag'
import { toHash } from '../../../_lib/hex'
import { parseParams, parseQuery } from '../../../_lib/parse'
import { json, respond } from '../../../_lib/respond'
import { CORS_HEADERS } from '../../../_lib/cors'

export { OPTIONS } from '../../../_lib/cors'

type Context = { params: Promise<Record<string, string>> }

/** The evidence of a key's enclaves, as the index keeps it or they give it. Nothing in it is checked here. */
export function GET(request: Request, context: Context): Promise<Response> {
  return respond(request, async () => {
    const { keyId } = parseParams(enclaveEvidenceEndpoint.pathParams, await context.params)
    parseQuery(enclaveEvidenceEndpoint.query, request)
    const id = toHash(keyId.toLowerCase())
    const kept = await readKeptEvidence(database(), id)
    if (kept.length === 0) throw new ApiError('NOT_FOUND', { message: 'No such key is indexed.', field: 'keyId' })
    const enclaves = await Promise.all(kept.map((enclave) => readEnclaveEvidence(id, enclave)))
    const headers = { etag: etagOf(request, enclaves), 'cache-control': 'public, no-cache', vary: 'Accept-Encoding' }
    if (matches(request.headers.get('if-none-match'), headers.etag)) {
      return new Response(null, { status: 304, headers: { ...CORS_HEADERS, ...headers } })
    }
    return json({ keyId: id, enclaves }, headers)
  })
}
