import type { MarketParams } from '../../../protocol/book/market'
import type { ContractCall } from '../../connection'
import type { BookDeployment } from '../../deployment'
import { bookCall } from './bookCall'

/** Opens a market, whose first batch begins with that block. The event MarketCreated names its id. */
export function createMarketCall(deployment: BookDeployment, params: MarketParams): ContractCall {
  return bookCall(deployment, 'createMarket', [params])
}
