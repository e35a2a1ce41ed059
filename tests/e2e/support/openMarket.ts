import { z } from 'zod'
import { batchAt, batchEnd } from '../../../lib/chain/book/clock'
import { createMarketCall } from '../../../lib/chain/calls/book/createMarket'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { bookEventIn, type OpenMarket } from '../../../lib/dev/market/trader'
import type { MarketParams } from '../../../lib/protocol/book/market'
import { askApi } from './askApi'
import { skipTime } from './chainControl'
import type { E2eStack } from './e2eStack'

/**
 * Demo grain against demo dollars, in lots of a tenth, prices in steps of a tenth of a dollar a grain. A batch is longer
 * than the slowest machine takes for its orders: `endBatch` ends it.
 */
const TERMS = {
  tickSize: 10_000n,
  lotSize: 100_000n,
  batchLength: 3_600,
  feeBps: 10,
  bandBps: 500,
  batchSettleBy: 86_400,
  challengeWindow: 600,
  operator: localAccount(ACCOUNT.enclaveOperator).address,
  minLots: 1,
  maxOrderAge: 1_000,
} as const

/** A market that a test opened, and its page's path. */
export type TestMarket = OpenMarket & { path: string }

/** Opens a market by the seed's seller, and waits until it is indexed. */
export async function openMarket(
  house: E2eStack,
  terms: Partial<Omit<MarketParams, 'base' | 'quote'>> = {},
): Promise<TestMarket> {
  const { deployment, urls } = house.stack
  const { demoBase: base, demoToken: quote } = deployment.contracts
  if (!base || !quote) throw new Error('The deployment has no demo tokens.')
  const creator = openEvmSender({ rpcUrl: urls.rpc, deployment, account: localAccount(ACCOUNT.seller) })
  const receipt = await creator.execute(createMarketCall(deployment, { ...TERMS, ...terms, base, quote }))
  const { id, params, startsAt } = bookEventIn(receipt, 'MarketCreated')
  await askApi(house.web, `/markets/${id}`, z.unknown())
  return { id, params, startsAt, path: `/book/${id}` }
}

/** Moves the chain's time to the end of the batch that runs, so that it can be settled. */
export async function endBatch(house: E2eStack, { params, startsAt }: OpenMarket): Promise<void> {
  const { timestamp } = await house.client.getBlock()
  const clock = { startsAt, batchLength: params.batchLength }
  await skipTime(house, Number(batchEnd(clock, batchAt(clock, timestamp)) - timestamp))
}

/** Moves the chain's time past the window in which a batch that is settled can be challenged: it is final. */
export function endChallenge(house: E2eStack, { params }: OpenMarket): Promise<void> {
  return skipTime(house, params.challengeWindow)
}
