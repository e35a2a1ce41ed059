import { listSettlements, type SettlementPosition } from '../../../../../lib/db/settlementList'
import { CORS_HEADERS, OPTIONS as preflight } from '../../_lib/cors'
import { database } from '../../_lib/database'
import { settlementExportEndpoint } from '../../_lib/endpoints'
import { SETTLEMENT_FILES, type FileFormat } from '../../_lib/export/settlementFiles'
import { readIndexedRevision } from '../../_lib/indexState'
import { parseParams, parseQuery } from '../../_lib/parse'
import { respond } from '../../_lib/respond'
import { toSettlementEntry } from '../../_lib/settlementView'

export const OPTIONS = preflight

const ROWS_AT_ONCE = 200

/** Every settlement that the filters leave, as a file that is written while it is read. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    parseParams(settlementExportEndpoint.pathParams, {})
    const { format, ...filter } = parseQuery(settlementExportEndpoint.query, request)
    const { state } = await readIndexedRevision(database())
    const file = SETTLEMENT_FILES[format]
    const name = `subrosa-settlements-${state.chainId}-${state.cursor.number}.${file.extension}`
    return new Response(write(file, filter), {
      headers: {
        ...CORS_HEADERS,
        'content-type': file.type,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    })
  })
}

type Filter = Omit<Parameters<typeof listSettlements>[1], 'after' | 'limit'>

/** A page is read when the one before has been sent. */
function write(file: FileFormat, filter: Filter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let after: SettlementPosition | undefined
  let rows = 0
  return new ReadableStream(
    {
      async pull(controller) {
        const { settlements, next } = await listSettlements(database(), { ...filter, after, limit: ROWS_AT_ONCE })
        const begin = rows === 0 ? file.begin : ''
        const text = settlements.map((entry) => file.row(toSettlementEntry(entry), rows++)).join('')
        controller.enqueue(encoder.encode(`${begin}${text}${next ? '' : file.end}`))
        if (!next) controller.close()
        else after = next
      },
    },
    { highWaterMark: 0 },
  )
}
