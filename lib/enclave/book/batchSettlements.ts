import type { Hex } from 'viem'
import type { Logger } from '../../observe/logger'
import { bookDomain } from '../../chain/deployment'
import { deadlineOf } from '../../protocol/book/deadline'
import { hashBatchSettlement } from '../../protocol/book/settlement'
import { SubrosaError } from '../../protocol/errors'
import type { Deliver } from '../deliverOutcomes'
import type { EnclaveMetrics } from '../metrics'
import type { OpeningPool } from '../opening/pool'
import { WorkQueue } from '../workQueue'
import { carriedList } from './carriedList'
import { extendHistory } from './extendHistory'
import { goOnFrom, newMarket, weightOf, type KnownMarket } from './knownMarket'
import { ListCache, type ServedList } from './listCache'
import { MarketCache } from './marketCache'
import { isSettled } from './marketHistory'
import { readBatchState, readDueBatch, type DueBatch } from './readDueBatch'
import { settleBatch, type BatchSettler, type SignedBatch } from './settleBatch'

export type BatchSettlementsOptions = Omit<BatchSettler, 'threads'> & {
  pool: OpeningPool
  /** Who has each outcome before anybody else. */
  deliver: Deliver
  log: Logger
  metrics: EnclaveMetrics
}

/** Markets in memory, and orders, batches and events of all of them: some hundred megabytes. */
const MARKETS = { most: 32, maxSize: 1_000_000 }
/** Markets whose work may be begun beside that under way, each due before all of it. */
const URGENT = 6
/** Where reads for settlements and for lists compete: after whoever asks for a settlement. */
const LIST = 2n

/**
 * Settlements of batches. Whether one may be settled is read each time; a market's work is done one after the other, and
 * that of two markets side by side, the earliest deadline first. Those who ask at the same time share the work. Whoever
 * reads a list of what became of orders has no part in that: lists have a place, threads and a history of their own.
 */
export function createBatchSettlements({ log, metrics, pool, deliver, ...source }: BatchSettlementsOptions) {
  const { keys, deployment } = source
  const reads = new WorkQueue({ running: 8, waiting: 64 })
  const work = new WorkQueue({ running: 2, urgent: URGENT, waiting: 32 })
  const listing = new WorkQueue({ running: 1, waiting: 8 })
  const markets = new MarketCache<KnownMarket>(MARKETS)
  const lists = new ListCache()
  const underWay = new Map<string, Promise<SignedBatch>>()
  const make = (id: Hex) => newMarket(id, BigInt(deployment.startBlock))

  async function readAndSettle(known: KnownMarket, due: DueBatch): Promise<SignedBatch> {
    const start = performance.now()
    const { id, batchId, block } = due
    // Who was asked for the same batch before a later one was settled.
    if (batchId <= known.state.batchId) throw new SubrosaError('BATCH_NOT_NEXT')
    known.history = await extendHistory(source, known.history, due.market, block)
    const openBefore = known.opened.size
    const threads = pool.dueBy(dueBy(due))
    const { signed, before } = await settleBatch({ ...source, threads }, due, known.history, known.opened, known.state)
    const { settlement, signature, fills } = signed
    await deliver({ settlement, signature, fills })
    const opened = known.opened.size - openBefore
    goOnFrom(known, before)
    const { carriedHash } = settlement
    lists.put(listKey(id, batchId, hashBatchSettlement(bookDomain(deployment), settlement)), {
      carriedHash,
      carried: signed.carried,
    })
    const seconds = (performance.now() - start) / 1_000
    metrics.batchSeconds.observe(seconds)
    metrics.ordersOpened.inc(opened)
    const figures = { leaves: settlement.count, opened, fills: fills.length }
    log.info(
      { id, batchId, block: block.number, ...figures, milliseconds: Math.round(seconds * 1_000) },
      'batch signed',
    )
    return signed
  }

  /** The history is read for this list alone and let go again: it is as long as the market is old, and a reader's wish. */
  async function makeList(id: Hex, batchId: bigint): Promise<ServedList> {
    const { market, batch, block } = await reads.run(() => readBatchState(source, id, batchId), LIST)
    if (!isSettled(market, { id: batchId, state: batch })) throw new SubrosaError('NOT_FOUND')
    const key = listKey(id, batchId, batch.settlementHash)
    const known = lists.get(key)
    if (known) return known
    return listing.run(async () => {
      const meanwhile = lists.get(key)
      if (meanwhile) return meanwhile
      const { history, opened } = make(id)
      const read = await extendHistory(source, history, market, block)
      const list = await carriedList({ ...source, threads: pool.spare }, block, batchId, { ...read, market }, opened)
      lists.put(key, list)
      return list
    })
  }

  return {
    /** @throws SubrosaError as `carriedList`. */
    carried: makeList,

    /**
     * @param rank Whose requests are read first, the least of them.
     * @throws SubrosaError as `readDueBatch` and `settleBatch`.
     */
    async settle(id: Hex, batchId: bigint, rank: bigint): Promise<SignedBatch> {
      const due = await reads.run(() => readDueBatch(source, keys.signer, id, batchId), rank)
      const key = `${id}/${batchId}/${due.block.hash}`
      const begun = underWay.get(key)
      if (begun) return begun
      const settle = (known: KnownMarket) => work.run(() => inTurn(known, () => readAndSettle(known, due)), dueBy(due))
      const settling = markets.use(id, () => make(id), weightOf, settle).finally(() => underWay.delete(key))
      underWay.set(key, settling)
      return settling
    },
  }
}

/** @param digest Of the settlement that commits to the list: signed here lately, or in storage. */
function listKey(id: Hex, batchId: bigint, digest: Hex): string {
  return `${id}/${batchId}/${digest}`
}

function inTurn<T>(known: KnownMarket, task: () => Promise<T>): Promise<T> {
  const next = known.last.then(task, task)
  known.last = next.catch(() => undefined)
  return next
}

/** Unix seconds: settled by then, or void. */
function dueBy({ market, batchId, moves }: DueBatch): bigint {
  return deadlineOf(market, batchId, moves, true)
}
