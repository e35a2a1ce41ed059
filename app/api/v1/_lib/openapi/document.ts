import { ERRORS } from '../../../../../lib/protocol/errors'
import type { ApiErrorCode } from '../../_schemas/apiError'
import type { Endpoint } from '../endpoint'
import { ENDPOINTS, pollEndpoint, settlementExportEndpoint, streamEndpoint } from '../endpoints'
import { HTTP_STATUS } from '../errors'
import { parametersOf, type Parameter } from './parameters'
import { componentSchemas, nameOf } from './registry'

type Body = { schema?: { $ref: string } }
export type Operation = {
  operationId: string
  summary: string
  description: string
  tags: string[]
  parameters: Parameter[]
  responses: Record<string, { description: string; content?: Record<string, Body> }>
}
export type OpenApiDocument = {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, { get: Operation }>
  components: { schemas: Record<string, unknown> }
}

const DESCRIPTION = `Public data of sealed-bid auctions and of the hidden order book, copied from the chain: whatever matters can be checked there, and neither bids, orders nor claims need this API.

Numbers that JSON would round (money in base units, uint64 and wider) are decimal strings; times are Unix seconds of chain time. Every answer is one state of the index and says which, in \`index\`. Answers carry a strong ETag: send it back as If-None-Match, and 304 says that nothing has changed. Lists end where \`nextCursor\` is null; a cursor stays good while auctions are added or blocks are taken back. Any site may read it, without credentials.`

/** Errors that any endpoint can answer with. */
const COMMON_ERRORS = ['INVALID_REQUEST', 'RATE_LIMITED', 'DATABASE_UNAVAILABLE', 'INTERNAL'] as const

/** The OpenAPI 3.1 document, made of the endpoints and their schemas alone. */
export function openApiDocument(): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'Subrosa API', version: '1', description: DESCRIPTION },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(ENDPOINTS.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: Object.fromEntries(ENDPOINTS.map((endpoint) => [endpoint.path, { get: operationOf(endpoint) }])),
    components: { schemas: componentSchemas() },
  }
}

function operationOf(endpoint: Endpoint): Operation {
  const { operationId, summary, description, tag } = endpoint
  const cached: Operation['responses'] =
    LIVE.has(endpoint) || endpoint.path === settlementExportEndpoint.path
      ? {}
      : { '304': { description: 'Nothing has changed since the ETag in If-None-Match.' } }
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    parameters: parametersOf(endpoint),
    responses: {
      '200': { description: summary, content: contentOf(endpoint) },
      ...cached,
      ...errorsOf(endpoint),
    },
  }
}

/** Of a file only the JSON form has a shape; OpenAPI 3.1 leaves out the schema of bytes. */
function contentOf({ files, streams, response }: Endpoint): Record<string, Body> {
  if (!files) return { [streams ? 'text/event-stream' : 'application/json']: refTo(nameOf(response)) }
  const bodyOf = (type: string) => (type === 'application/json' ? refTo(nameOf(response)) : {})
  return Object.fromEntries(files.map((type) => [type, bodyOf(type)]))
}

/** Answers about what is new are never the same twice. */
const LIVE: ReadonlySet<Endpoint> = new Set<Endpoint>([streamEndpoint, pollEndpoint])

function errorsOf({ errors }: Endpoint): Operation['responses'] {
  const texts = new Map<number, string[]>()
  const add = (status: number, code: ApiErrorCode) =>
    texts.set(status, [...(texts.get(status) ?? []), `\`${code}\`: ${ERRORS[code].what}`])
  for (const code of [...COMMON_ERRORS, ...errors]) add(HTTP_STATUS[code], code)
  // The cap of one address, beside that of all.
  if (errors.includes('TOO_MANY_STREAMS')) add(429, 'TOO_MANY_STREAMS')
  return Object.fromEntries(
    [...texts].map(([status, lines]) => [
      String(status),
      { description: lines.join(' '), content: { 'application/json': refTo('Error') } },
    ]),
  )
}

function refTo(name: string): Body {
  return { schema: { $ref: `#/components/schemas/${name}` } }
}
