import type { Address, WalletClient } from 'viem'
import { readMarket } from '../../lib/chain/book/marketState'
import { placeOrderCall } from '../../lib/chain/calls/book/orders'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { assertOrderTerms } from '../../lib/protocol/book/sealOrder'
import { KIND } from '../../lib/protocol/constants'
import { SubrosaError } from '../../lib/protocol/errors'
import type { Network } from '../_data/network'
import { sameHex } from '../_format/hex'
import { isSameCommitment } from '../_sealing/receiptStore'
import { sealAndKeep } from '../_sealing/sealAndKeep'
import type { Flow, Included } from '../_transaction/flow'
import type { MarketView } from './marketView'
import type { OrderTerms } from '../../lib/protocol/book/judgeOrder'
import { readOrderKey } from './readOrderKey'
import { readPlacedOrders } from './readPlacedOrders'

type OrderPlan = { market: MarketView; account: Address; terms: OrderTerms }

type Tools = {
  chain: ChainConnection
  network: Network
  wallet: () => Promise<WalletClient>
  flow: Flow
}

/**
 * Seals an order, keeps its receipt, and only then sends it. PROTOCOL.md sections 4 and 11.
 *
 * @throws SubrosaError, or what the wallet or chain threw; before the last step nothing has been sent.
 */
export async function placeSealedOrder({ market, account, terms }: OrderPlan, tools: Tools): Promise<void> {
  const { chain, network: deployment, flow } = tools
  const { id } = market
  assertOrderTerms(terms, market.minLots)
  await requireSameMarket(market, chain, deployment)
  const { keyId, publicKey } = await readOrderKey(chain, deployment, market)
  const fromBlock = (await chain.readBlock('latest')).number
  const place = { room: 'book' as const, chainId: deployment.chainId, contract: deployment.contracts.book, account, id }
  const { minFill, flags, expiryBatch } = terms
  const { sealed, x, y } = await sealAndKeep(
    { place, kind: KIND.market, closesAt: 0n, keyId, sealingKey: publicKey, terms, fromBlock },
    (fields) => ({ ...fields, kind: 'order', trader: account, keyId, minFill, flags, expiryBatch }),
    tools,
  )
  const seen = async (): Promise<Included | null> => {
    const orders = await readPlacedOrders(chain, deployment, { id, account, fromBlock })
    const found = orders.find((order) => isSameCommitment(order, { x, y }))
    return found ? { hash: found.transactionHash, block: found.blockNumber } : null
  }
  await flow.send(placeOrderCall(deployment, { id, keyId, x, y, sealed }), 'Place your order', seen)
}

/**
 * Compares the terms on the page, which the server gave, with the chain's.
 *
 * @throws SubrosaError MARKET_UNKNOWN, MARKET_CHANGED
 */
async function requireSameMarket(page: MarketView, chain: ChainConnection, deployment: Deployment): Promise<void> {
  const market = await readMarket(chain, deployment, page.id)
  if (!market) throw new SubrosaError('MARKET_UNKNOWN')
  const numbers = [
    'tickSize',
    'lotSize',
    'feeBps',
    'bandBps',
    'batchLength',
    'batchSettleBy',
    'challengeWindow',
    'minLots',
    'maxOrderAge',
  ] as const
  const same =
    sameHex(market.base, page.baseToken) &&
    sameHex(market.quote, page.quoteToken) &&
    sameHex(market.operator, page.operator) &&
    market.startsAt === BigInt(page.startsAt) &&
    numbers.every((name) => market[name] === page[name])
  if (!same) throw new SubrosaError('MARKET_CHANGED')
}
