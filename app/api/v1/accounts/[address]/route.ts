import { listActivity, readAccount } from '../../../../../lib/db/accounts'
import { toAccountBid, toActivityView } from '../../_lib/accountView'
import { decodeActivityCursor, encodeCursor } from '../../_lib/cursor'
import { database } from '../../_lib/database'
import { toAddress } from '../../_lib/hex'
import { readIndexState, toIndexState } from '../../_lib/indexState'
import { parseParams, parseQuery } from '../../_lib/parse'
import { respond } from '../../_lib/respond'
import type { AccountResponse } from '../../_schemas/account'
import { accountPathSchema, accountQuerySchema } from '../../_schemas/query'

/** An account's bids, wins and activity. An account without any is an empty answer, not an error. */
export function GET(request: Request, context: { params: Promise<{ address: string }> }): Promise<Response> {
  return respond(request, async (): Promise<AccountResponse> => {
    const { address } = parseParams(accountPathSchema, await context.params)
    const { cursor, limit } = parseQuery(accountQuerySchema, request)
    const after = decodeActivityCursor(cursor)
    const db = database()
    const state = await readIndexState(db)
    const [account, { activity, next }] = await Promise.all([
      readAccount(db, address, limit),
      listActivity(db, { account: address, after, limit }),
    ])
    return {
      address: toAddress(address),
      bidCount: account.bidCount,
      winCount: account.winCount,
      bids: account.bids.map((entry) => toAccountBid(entry, state.headTime)),
      wins: account.wins.map((entry) => toAccountBid(entry, state.headTime)),
      activity: activity.map(toActivityView),
      nextCursor: encodeCursor(next),
      index: toIndexState(state, new Date()),
    }
  })
}
