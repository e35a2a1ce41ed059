import { findSettlement } from '../../../../../lib/db/settlementList'
import { readOutcome } from '../../../../../lib/db/settlements'
import { settlementEndpoint } from '../../_lib/endpoints'
import { ApiError } from '../../_lib/errors'
import { serve } from '../../_lib/serve'
import { toOpeningView, toSettlementEntry, toWinnerView } from '../../_lib/settlementView'

export { OPTIONS } from '../../_lib/cors'

/** One auction's settlement, of its newest round or the one asked for. */
export const GET = serve(settlementEndpoint, async ({ tx, path: { id }, query: { round } }) => {
  const settlement = await findSettlement(tx, id, round ?? null)
  if (!settlement) {
    throw new ApiError('NOT_FOUND', { message: 'No such settlement is indexed.', field: 'id' })
  }
  const { winners, openings } = await readOutcome(tx, id, settlement.round)
  return {
    settlement: {
      ...toSettlementEntry(settlement),
      winners: winners.map(toWinnerView),
      openings: openings.map(toOpeningView),
    },
  }
})
