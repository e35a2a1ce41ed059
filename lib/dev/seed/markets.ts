import { parseEther, zeroAddress } from 'viem'
import { readBookLogs } from '../../chain/book/bookLogs'
import type { MarketParams } from '../../protocol/book/market'
import { createMarketCall } from '../../chain/calls/book/createMarket'
import type { Deployment } from '../../chain/deployment'
import { openConnection } from '../../chain/openConnection'
import { openEvmSender } from '../../chain/evm/sender'
import { ACCOUNT, localAccount } from '../accounts'
import { bookEventIn, type OpenMarket } from '../market/trader'

/** One unit of a demonstration token, which has six decimals. */
const UNIT = 1_000_000n
const HOUR = 60 * 60

/** What the markets have in common: a tenth of a percent of fee, a band of five percent, half a minute to challenge. */
const TERMS = {
  ...{ feeBps: 10, bandBps: 500, batchSettleBy: 4 * HOUR, challengeWindow: 30, minLots: 1, maxOrderAge: 100_000 },
  operator: localAccount(ACCOUNT.enclaveOperator).address,
}

/** The demonstration's markets, in the order in which they are opened. */
export function demoMarkets({ contracts }: Deployment): MarketParams[] {
  const { demoToken: quote, demoBase: base } = contracts
  if (!quote || !base) throw new Error('This deployment has no demonstration tokens: it is not a local one.')
  return [
    // Grain by the unit, in thousandths of a dollar.
    { ...TERMS, base, quote, lotSize: UNIT, tickSize: UNIT / 1_000n, batchLength: 20 },
    // Ether by the hundredth, in cents.
    { ...TERMS, base: zeroAddress, quote, lotSize: parseEther('0.01'), tickSize: UNIT / 100n, batchLength: 60 },
  ]
}

/**
 * Opens those of the demonstration's markets that the first of the bots has not opened yet; an account of its own, since
 * auctions are opened meanwhile. @returns all of them.
 */
export async function ensureDemoMarkets(rpcUrl: string, deployment: Deployment): Promise<OpenMarket[]> {
  const connection = openConnection(rpcUrl)
  const creator = openEvmSender({ rpcUrl, deployment, account: localAccount(ACCOUNT.firstBot) })
  const { number: toBlock } = await connection.readBlock('latest')
  const created = await readBookLogs(connection, deployment, { types: ['MarketCreated'], toBlock })
  const own = created.filter((event) => event.creator === creator.address)
  const markets: OpenMarket[] = []
  for (const params of demoMarkets(deployment)) {
    const known = own.find((event) => event.params.base === params.base && event.params.quote === params.quote)
    const {
      id,
      startsAt,
      params: terms,
    } = known ?? bookEventIn(await creator.execute(createMarketCall(deployment, params)), 'MarketCreated')
    markets.push({ id, startsAt, params: terms })
  }
  return markets
}
