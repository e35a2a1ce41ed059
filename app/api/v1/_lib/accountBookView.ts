import { listTraderMarkets, readBookBalances } from '../../../../lib/db/book/accountBook'
import { readMarketMoney } from '../../../../lib/db/book/marketMoney'
import type { Queryable } from '../../../../lib/db/client'
import type { AccountBook } from '../_schemas/account'
import { toAddress, toHash } from './hex'
import { toMarginView } from './marketMoneyView'
import { toToken } from './marketView'

/** What an account has in the order book. @param limit Of markets. @param now Chain time. */
export async function toAccountBook(tx: Queryable, address: string, limit: number, now: bigint): Promise<AccountBook> {
  const balances = await readBookBalances(tx, address)
  const { markets, count } = await listTraderMarkets(tx, address, limit)
  const shown: AccountBook['markets'] = []
  for (const market of markets) {
    const money = toMarginView(await readMarketMoney(tx, market, address, now))
    shown.push({ marketId: toHash(market.id), base: toToken(market.base), quote: toToken(market.quote), money })
  }
  return {
    balances: [...balances].map(([token, available]) => ({ token: toAddress(token), available: available.toString() })),
    markets: shown,
    count,
  }
}
