import { readStats } from '../../../../lib/db/stats'
import { database } from '../_lib/database'
import { toAddress } from '../_lib/hex'
import { readIndexState, toIndexState } from '../_lib/indexState'
import { parseQuery } from '../_lib/parse'
import { respond } from '../_lib/respond'
import { emptyQuerySchema } from '../_schemas/query'
import type { StatusResponse } from '../_schemas/status'

/** Chain, contracts, totals, and how fresh the index is. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (): Promise<StatusResponse> => {
    parseQuery(emptyQuerySchema, request)
    const db = database()
    const state = await readIndexState(db)
    const optional = (address: string | null) => (address === null ? null : toAddress(address))
    return {
      chainId: Number(state.chainId),
      chainTime: Number(state.headTime),
      contracts: {
        auctions: toAddress(state.auctions),
        registry: toAddress(state.registry),
        verifier: toAddress(state.verifier),
        demoToken: optional(state.demoToken),
        demoLots: optional(state.demoLots),
        demoEditions: optional(state.demoEditions),
      },
      simulatedEnclave: state.simulated,
      ...(await readStats(db, state.headTime)),
      index: toIndexState(state, new Date()),
    }
  })
}
