import type { Hex } from 'viem'
import type { Logger } from '../observe/logger'
import type { ChainReader, Close } from './chainReader'
import type { EnclaveKeys } from './keys/enclaveKeys'
import type { EnclaveMetrics } from './metrics'
import type { OpeningPool } from './opening/pool'
import { settleAuction, type SignedSettlement } from './settleAuction'
import { SettlementCache } from './settlementCache'
import { WorkQueue } from './workQueue'

export type SettlementsOptions = {
  keys: EnclaveKeys
  reader: ChainReader
  pool: OpeningPool
  log: Logger
  metrics: EnclaveMetrics
}

/** Bids between two lines of a long auction's progress. */
const PROGRESS_STEP = 5_000

/**
 * Settlements by id. Whether an auction may be settled is read each time; the work of settling is shared by all who ask
 * for it, and done for two auctions at a time, so that a stalled one does not hold up the rest.
 */
export function createSettlements({ keys, reader, pool, log, metrics }: SettlementsOptions) {
  const cache = new SettlementCache(() => performance.now())
  const reads = new WorkQueue({ running: 8, waiting: 64 })
  const work = new WorkQueue({ running: 2, waiting: 32 })

  async function readAndSettle(close: Close): Promise<SignedSettlement> {
    const start = performance.now()
    const { id } = close.auction
    const auction = await reader.readClosedAuction(close)
    const { size, live } = auction.bids
    log.info({ id, block: close.block.number, bids: size, live }, 'every bid is behind the accumulator: opening')
    const endOfOpening = metrics.openingSeconds.startTimer()
    let told = 0
    const onProgress = (opened: number, total: number) => {
      if (opened < told + PROGRESS_STEP) return
      told = opened
      log.info({ id, opened, total }, 'opening')
    }
    const signed = await settleAuction({ keys, pool, onProgress }, auction)
    endOfOpening()
    metrics.bidsOpened.inc(live)
    const milliseconds = Math.round(performance.now() - start)
    log.info({ id, block: close.block.number, leaves: auction.auction.count, milliseconds }, 'settlement signed')
    return signed
  }

  return {
    async settle(id: Hex): Promise<SignedSettlement> {
      const close = await reads.run(() => reader.readClose(id))
      return cache.get(close.auction, () => work.run(() => readAndSettle(close)))
    },
  }
}
