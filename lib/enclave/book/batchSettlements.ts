import type { Hex } from 'viem'
import { BATCH_STATUS } from '../../chain/book/batchState'
import type { Logger } from '../../observe/logger'
import { EMPTY_BOOK, type BookState } from '../../protocol/book/batchOutcome'
import type { Carried } from '../../protocol/book/carried'
import { SubrosaError } from '../../protocol/errors'
import type { EnclaveMetrics } from '../metrics'
import type { OpeningPool } from '../opening/pool'
import { WorkQueue } from '../workQueue'
import { carriedList } from './carriedList'
import { extendHistory } from './extendHistory'
import { deadlineOf, emptyHistory, isSettled, type MarketHistory } from './marketHistory'
import type { OpenedOrders } from './openOrders'
import { readBatchState, readDueBatch, type DueBatch } from './readDueBatch'
import { settleBatch, type BatchSettler, type SignedBatch } from './settleBatch'

export type BatchSettlementsOptions = Omit<BatchSettler, 'threads'> & {
  pool: OpeningPool
  log: Logger
  metrics: EnclaveMetrics
}

/** Markets kept in memory; forgetting one costs the time to read and open it again. */
const MAX_MARKETS = 32
/** Markets whose work may be begun beside that under way, each due before all of it. */
const URGENT = 6

/** Where reads for settlements and for lists compete: settlements have 0. */
const LIST = 1n

/** What is kept of a market, so that a batch takes the work of its own orders alone. A cache: it can be lost any time. */
type KnownMarket = {
  history: MarketHistory
  opened: OpenedOrders
  /** The book after the newest batch before which, and with which, all are final or void. */
  state: BookState
  last: Promise<unknown>
}

/**
 * Settlements of batches. Whether one may be settled is read each time; a market's work is done one after the other, and
 * that of two markets side by side, the earliest deadline first. Those who ask at the same time share the work. Lists of
 * what became of orders have a place of their own.
 */
export function createBatchSettlements({ log, metrics, pool, ...source }: BatchSettlementsOptions) {
  const { keys, deployment } = source
  const reads = new WorkQueue({ running: 8, waiting: 64 })
  const work = new WorkQueue({ running: 2, urgent: URGENT, waiting: 32 })
  const lists = new WorkQueue({ running: 1, waiting: 8 })
  const markets = new Map<Hex, KnownMarket>()
  const underWay = new Map<string, Promise<SignedBatch>>()

  function knownMarket(id: Hex): KnownMarket {
    const startBlock = BigInt(deployment.startBlock)
    const market = markets.get(id) ?? {
      history: emptyHistory(id, startBlock),
      opened: new Map(),
      state: EMPTY_BOOK,
      last: Promise.resolve(),
    }
    markets.delete(id)
    markets.set(id, market)
    for (const oldest of markets.keys()) if (markets.size > MAX_MARKETS) markets.delete(oldest)
    return market
  }

  async function readAndSettle(known: KnownMarket, due: DueBatch): Promise<SignedBatch> {
    const start = performance.now()
    const { id, batchId, block } = due
    const openBefore = known.opened.size
    known.history = await extendHistory(source, known.history, due.market, block)
    const threads = pool.dueBy(deadlineOf(due.market, batchId))
    const from = known.state.batchId < batchId ? known.state : EMPTY_BOOK
    const { signed, before } = await settleBatch({ ...source, threads }, due, known.history, known.opened, from)
    if (canChangeNoMore(known.history, before.batchId)) known.state = before
    const seconds = (performance.now() - start) / 1_000
    metrics.batchSeconds.observe(seconds)
    metrics.ordersOpened.inc(known.opened.size - openBefore)
    const { count } = signed.settlement
    const figures = { leaves: count, opened: known.opened.size - openBefore, fills: signed.fills.length }
    log.info(
      { id, batchId, block: block.number, ...figures, milliseconds: Math.round(seconds * 1_000) },
      'batch signed',
    )
    return signed
  }

  function inTurn<T>(known: KnownMarket, task: () => Promise<T>): Promise<T> {
    const next = known.last.then(task, task)
    known.last = next.catch(() => undefined)
    return next
  }

  return {
    /** @throws SubrosaError as `carriedList`. */
    async carried(id: Hex, batchId: bigint): Promise<{ carriedHash: Hex; carried: Carried[] }> {
      const { market, batch, block } = await reads.run(() => readBatchState(source, id, batchId), LIST)
      if (!isSettled(market, { id: batchId, state: batch })) throw new SubrosaError('NOT_FOUND')
      const known = knownMarket(id)
      const list = async () => {
        known.history = await extendHistory(source, known.history, market, block)
        return carriedList(
          { ...source, threads: pool.spare },
          block,
          batchId,
          { ...known.history, market },
          known.opened,
        )
      }
      return lists.run(() => inTurn(known, list))
    },

    /** @throws SubrosaError as `readDueBatch` and `settleBatch`. */
    async settle(id: Hex, batchId: bigint): Promise<SignedBatch> {
      const due = await reads.run(() => readDueBatch(source, keys.signer, id, batchId))
      const key = `${id}/${batchId}/${due.block.hash}`
      const known = knownMarket(id)
      const begun = underWay.get(key)
      if (begun) return begun
      const settling = work
        .run(() => inTurn(known, () => readAndSettle(known, due)), deadlineOf(due.market, batchId))
        .finally(() => underWay.delete(key))
      underWay.set(key, settling)
      return settling
    },
  }
}

/** Whether every batch up to this one is final or void, in a block that cannot be undone. */
function canChangeNoMore({ batches }: MarketHistory, batchId: bigint): boolean {
  return [...batches.values()].every(({ id, state }) => id > batchId || state.status !== BATCH_STATUS.OPEN)
}
