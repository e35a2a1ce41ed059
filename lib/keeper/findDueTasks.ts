import type { Hex } from 'viem'
import { readMarket } from '../chain/book/marketState'
import type { ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { readSealingKey } from '../chain/sealingKeys'
import { dueMarketTasks, mayBeDue } from './dueMarketTasks'
import { dueTasks, type ChainTimes, type MarketTask, type Task } from './dueTasks'
import type { Followed } from './followChain'

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
    const pointers = await readMarket(connection, deployment, market.id, 'latest')
    if (pointers) tasks.push(...dueMarketTasks(market, pointers, now))
  }
  return tasks
}
