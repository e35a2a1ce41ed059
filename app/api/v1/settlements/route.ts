import { listSettlements } from '../../../../lib/db/settlementList'
import { decodeSettlementCursor, encodeSettlementCursor } from '../_lib/cursor'
import { settlementListEndpoint } from '../_lib/endpoints'
import { serve } from '../_lib/serve'
import { toSettlementEntry } from '../_lib/settlementView'

export { OPTIONS } from '../_lib/cors'

/** Settlements, newest first, page by page. */
export const GET = serve(settlementListEndpoint, async ({ tx, query: { cursor, ...query } }) => {
  const after = decodeSettlementCursor(cursor)
  const { settlements, next } = await listSettlements(tx, { ...query, after })
  return { settlements: settlements.map(toSettlementEntry), nextCursor: encodeSettlementCursor(next) }
})
