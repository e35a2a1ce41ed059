import { strict as assert } from 'node:assert'
import type { Hex } from 'viem'
import { readAuction } from '../../lib/chain/auctionState'
import { readBatch } from '../../lib/chain/book/batchState'
import { readMargin } from '../../lib/chain/book/reads'
import { readSyncState } from '../../lib/db/sync'
import { toBigint } from '../../lib/db/numbers'
import { until } from '../fixtures/until'
import { auctionEvents, bookEvents } from './events'
import { timed } from './figures'
import type { HubWorld } from './world'

const TIMEOUT_MS = 240_000

/** Until the index stands at the block that is the newest now, was held against the contracts, and says it is ready. */
async function untilIndexed({ connection, services }: HubWorld): Promise<void> {
  const { number } = await connection.readBlock('latest')
  await timed('index the rest, indexer', () =>
    until(async () => ((await readSyncState(services.db))?.cursor?.number ?? 0n) >= number, TIMEOUT_MS),
  )
  await until(async () => (await services.indexer.state())?.ready === true, TIMEOUT_MS)
}

/** Holds the index's auction, leaves and settlement against the chain's own. */
export async function requireAuctionIndexed(world: HubWorld, id: Hex): Promise<void> {
  const { connection, deployment, services } = world
  await untilIndexed(world)
  const where = { id }
  await until(async () => (await services.db.auction.findUnique({ where }))?.integrity === 'VERIFIED', TIMEOUT_MS)
  const include = { leaves: { orderBy: { seq: 'asc' }, include: { bid: true } }, settlements: true } as const
  const row = await services.db.auction.findUniqueOrThrow({ where, include })
  const stored = await readAuction(connection, deployment, id)
  assert.deepEqual([row.status, row.acc, Number(row.leafCount)], ['SETTLED', stored?.acc, stored?.count])
  assert.equal(row.leaves.at(-1)?.acc, stored?.acc)
  const bids = await auctionEvents(world, id, 'BidPlaced', row.leaves.length)
  assert.deepEqual(
    row.leaves.map(({ bidder, bid }) => [bidder, bid && `0x${Buffer.from(bid.sealed).toString('hex')}`]),
    bids.map(({ bidder, sealed }) => [bidder.toLowerCase(), sealed]),
  )
  const [settled] = await auctionEvents(world, id, 'AuctionSettled')
  const { acc, proofHash, winnersHash, clearingPrice } = settled!.settlement
  const indexed = row.settlements.map((one) => [
    ...[one.acc, one.proofHash, one.winnersHash, Number(one.clearingPrice), one.signer],
  ])
  assert.deepEqual(indexed, [[acc, proofHash, winnersHash, clearingPrice, settled!.signer.toLowerCase()]])
  await until(
    async () => (await services.db.settlement.findFirst({ where: { auctionId: id } }))?.bundleHash === proofHash,
    TIMEOUT_MS,
  )
}

/** Holds the index's batch, leaves, settlement, fills and margins against the chain's own. */
export async function requireBatchIndexed(world: HubWorld, marketId: Hex, batchId: bigint): Promise<void> {
  const { connection, deployment, services } = world
  await untilIndexed(world)
  const where = { marketId_batchId: { marketId, batchId } }
  await until(async () => (await services.db.batch.findUnique({ where }))?.integrity === 'VERIFIED', TIMEOUT_MS)
  const include = { leaves: { orderBy: { seq: 'asc' } }, settlements: { include: { fills: true } } } as const
  const row = await services.db.batch.findUniqueOrThrow({ where, include })
  const stored = await readBatch(connection, deployment, marketId, batchId)
  assert.deepEqual([row.status, row.acc, Number(row.leafCount)], ['FINAL', stored.acc, stored.count])
  assert.equal(row.leaves.at(-1)?.acc, stored.acc)
  const [settled] = await bookEvents(world, marketId, 'BatchSettled')
  const [indexed] = row.settlements
  assert.deepEqual(
    [indexed?.acc, indexed?.fillsHash, Number(indexed?.clearingPrice), indexed?.signer],
    [stored.acc, settled!.settlement.fillsHash, stored.price, settled!.signer.toLowerCase()],
  )
  const byLeaf = <Fill extends { leaf: string }>(fills: readonly Fill[]) =>
    fills.toSorted((a, b) => (a.leaf < b.leaf ? -1 : 1))
  assert.deepEqual(
    byLeaf(indexed?.fills ?? []).map(({ leaf, trader, sell, lots }) => [leaf, trader, sell, Number(lots)]),
    byLeaf(settled!.fills).map(({ leaf, trader, sell, lots }) => [leaf, trader.toLowerCase(), sell, lots]),
  )
  for (const { trader, base, quote } of await services.db.trader.findMany({ where: { marketId } })) {
    const margin = await readMargin(connection, deployment, marketId, trader as Hex)
    assert.deepEqual({ base: toBigint(base), quote: toBigint(quote) }, margin)
  }
}
