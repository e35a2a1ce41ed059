import type { Hex } from 'viem'
import { readMarket } from '../chain/book/marketState'
import { readDeadline } from '../chain/book/reads'
import type { ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { readSealingKey } from '../chain/sealingKeys'
import { dueMarketTasks, mayBeDue, STEPS_IN_PASSING, unsettledBatches } from './dueMarketTasks'
import { dueTasks, type ChainTimes, type MarketTask, type Task } from './dueTasks'
import type { Followed } from './followChain'
import type { TrackedMarket } from './marketBook'

/**
 * Everything that is due now, the most urgent first: batches have the nearest deadlines, and a market few of them at
 * once; nothing waits for withdrawals.
 *
 * @throws SubrosaError RPC_UNAVAILABLE
 */
export async function findDueTasks(
  connection: ChainConnection,
  deployment: Deployment,
  followed: Followed,
  now: ChainTimes,
): Promise<Task[]> {
  const revokedKeys = await findRevokedKeys(connection, deployment, followed)
  const auctionTasks = [...followed.book.auctions].flatMap((auction) =>
    dueTasks(auction, now, revokedKeys.has(auction.params.keyId)),
  )
  const marketTasks = await findMarketTasks(connection, deployment, followed, now)
  const isWithdrawal = ({ kind }: MarketTask) => kind === 'executeWithdrawal'
  const batchTasks = marketTasks.filter((task) => !isWithdrawal(task))
  return [...batchTasks, ...auctionTasks, ...marketTasks.filter(isWithdrawal)]
}

/** As the newest block has it, and asked anew each time: a revocation that is not final may be taken back. */
async function findRevokedKeys(
  connection: ChainConnection,
  deployment: Deployment,
  { book }: Followed,
): Promise<Set<Hex>> {
  const open = [...book.auctions].filter(({ status }) => status === 'open')
  const revoked = new Set<Hex>()
  for (const keyId of new Set(open.map(({ params }) => params.keyId))) {
    const key = await readSealingKey(connection, deployment, keyId)
    if (key && key.revokedAt !== null) revoked.add(keyId)
  }
  return revoked
}

/** Where each market's batches stand is read from the newest block, since there the contract will judge. */
async function findMarketTasks(
  connection: ChainConnection,
  deployment: Deployment,
  { markets }: Followed,
  now: ChainTimes,
): Promise<MarketTask[]> {
  const tasks: MarketTask[] = []
  for (const market of markets.markets) {
    if (!mayBeDue(market, now)) continue
    const stored = await readMarket(connection, deployment, market.id, 'latest')
    if (!stored) continue
    const deadlines = await readDeadlines(connection, deployment, market, stored.toSettle)
    tasks.push(...dueMarketTasks(market, { ...stored, deadlines }, now))
  }
  return tasks
}

/** Of the first unsettled batches: keys that were revoked and strikes decide as well as the clock, so the contract is asked. */
async function readDeadlines(
  connection: ChainConnection,
  deployment: Deployment,
  market: TrackedMarket,
  toSettle: bigint,
): Promise<Map<bigint, bigint>> {
  const deadlines = new Map<bigint, bigint>()
  for (const batchId of unsettledBatches(market, toSettle).slice(0, STEPS_IN_PASSING + 1)) {
    deadlines.set(batchId, await readDeadline(connection, deployment, market.id, batchId, 'latest'))
  }
  return deadlines
}
