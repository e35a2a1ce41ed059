import { readBookBalances } from '../../../../../../../lib/db/book/accountBook'
import { countFills, listMarketActivity } from '../../../../../../../lib/db/book/marketActivity'
import { readMarketMoney } from '../../../../../../../lib/db/book/marketMoney'
import { findMarket } from '../../../../../../../lib/db/book/markets'
import { countOrders } from '../../../../../../../lib/db/book/orders'
import { decodeMarketActivityCursor, encodeMarketActivityCursor } from '../../../../_lib/bookCursor'
import { unknownMarket } from '../../../../_lib/errors'
import { toAddress, toHash } from '../../../../_lib/hex'
import { marketAccountEndpoint } from '../../../../_lib/marketEndpoints'
import { toMargin, toMarginView, toMarketActivityView } from '../../../../_lib/marketMoneyView'
import { toToken } from '../../../../_lib/marketView'
import { serve } from '../../../../_lib/serve'

export { OPTIONS } from '../../../../_lib/cors'

/** One trader's money and activity in one market. One that nobody has heard of has zeros. */
export const GET = serve(
  marketAccountEndpoint,
  async ({ tx, now, path: { id, address }, query: { cursor, limit } }) => {
    const after = decodeMarketActivityCursor(cursor)
    const market = await findMarket(tx, id)
    if (!market) throw unknownMarket()
    const money = await readMarketMoney(tx, market, address, now)
    const balances = await readBookBalances(tx, address)
    const { activity, next } = await listMarketActivity(tx, { marketId: market.id, account: address, after, limit })
    const balanceOf = ({ address: token }: { address: string }) => balances.get(token) ?? 0n
    return {
      address: toAddress(address),
      marketId: toHash(market.id),
      base: toToken(market.base),
      quote: toToken(market.quote),
      money: {
        ...toMarginView(money),
        balances: toMargin({ base: balanceOf(market.base), quote: balanceOf(market.quote) }),
      },
      orderCount: await countOrders(tx, market.id, address),
      fillCount: await countFills(tx, market.id, address),
      activity: activity.map(toMarketActivityView),
      nextCursor: encodeMarketActivityCursor(next),
    }
  },
)
