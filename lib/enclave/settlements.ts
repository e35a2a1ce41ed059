import type { Hex } from 'viem'
import type { Logger } from '../observe/logger'
import { SubrosaError } from '../protocol/errors'
import type { ChainReader, Close } from './chainReader'
import type { Deliver } from './deliverOutcomes'
import type { EnclaveKeys } from './keys/enclaveKeys'
import type { EnclaveMetrics } from './metrics'
import type { OpeningPool, Threads } from './opening/pool'
import { BundleCache } from './proving/bundleCache'
import { createBundleStore } from './proving/bundleStore'
import type { KeptFiles } from './proving/keptFiles'
import { settleAuction, type SignedSettlement } from './settleAuction'
import { SettlementCache } from './settlementCache'
import { WorkQueue } from './workQueue'

export type SettlementsOptions = {
  keys: EnclaveKeys
  reader: ChainReader
  pool: OpeningPool
  /** Where bundles are kept on the disk; without it they are kept in memory alone. */
  bundleFiles?: KeptFiles | undefined
  /** Who has each outcome before anybody else. */
  deliver: Deliver
  log: Logger
  metrics: EnclaveMetrics
}

/** Bids between two lines of a long auction's progress. */
const PROGRESS_STEP = 5_000
/** Proofs between two lines of it. */
const PROOFS_STEP = 250
/** Auctions that may be begun beside those under way, each due before all of them: every one takes memory. */
const URGENT = 6

/**
 * Settlements by id. Whether an auction may be settled is read each time; the work of settling is shared by all who ask
 * for it, and done for two auctions at a time, so that a stalled one does not hold up the rest. The earliest `settleBy`
 * goes first, and gets the threads as soon as they end what they are at: auctions that have longer cannot keep it waiting,
 * nor can who asks for proofs. PROTOCOL.md section 7.
 */
export function createSettlements(options: SettlementsOptions) {
  const { keys, reader, pool, bundleFiles, deliver, log, metrics } = options
  const cache = new SettlementCache(() => performance.now())
  const reads = new WorkQueue({ running: 8, waiting: 64 })
  const work = new WorkQueue({ running: 2, urgent: URGENT, waiting: 32 })
  const again = new WorkQueue({ running: 1, waiting: 8 })
  const disk = new WorkQueue({ running: 1, waiting: 16 })
  const cachedBundles = new BundleCache()
  const bundles = createBundleStore({ cache: cachedBundles, files: bundleFiles ?? null, hash: pool.spare.hash })

  async function readAndSettle(close: Close, threads: Threads, onSigned?: Deliver): Promise<SignedSettlement> {
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
    const onOpened = () => {
      endOfOpening()
      metrics.bidsOpened.inc(live)
    }
    let proven = 0
    const onProof = (made: number, total: number) => {
      if (made < proven + PROOFS_STEP && made < total) return
      proven = made
      log.info({ id, made, total }, 'proving')
    }
    const { signed, bundle } = await settleAuction(
      { keys, threads, bundles, onProgress, onOpened, onProof, ...(onSigned && { onSigned }) },
      auction,
    )
    if (!bundle) log.warn({ id, live }, 'too many bids to prove in time: the settlement has no proofs')
    const milliseconds = Math.round(performance.now() - start)
    const { count } = auction.auction
    log.info({ id, block: close.block.number, leaves: count, bytes: bundle?.length, milliseconds }, 'settlement signed')
    return signed
  }

  /**
   * Makes the proofs of a settlement again, after a restart or a long time. Which auction they are of is a hint that an
   * endpoint may have made up: what proving gives decides.
   */
  async function proveAgain(proofHash: Hex): Promise<Uint8Array> {
    for (const close of await reader.findSettled(proofHash)) {
      await readAndSettle(close, pool.spare)
      const bundle = await bundles.get(proofHash)
      if (bundle) return bundle
    }
    throw new SubrosaError('NOT_FOUND')
  }

  return {
    /** The bundle with this hash. @throws SubrosaError NOT_FOUND where no final settlement names it. */
    async bundle(proofHash: Hex): Promise<Uint8Array> {
      const kept = () => bundles.get(proofHash)
      const known = cachedBundles.get(proofHash) ?? (await disk.run(kept))
      return known ?? again.run(async () => (await kept()) ?? proveAgain(proofHash))
    },

    /** @param rank Whose requests are read first, the least of them. */
    async settle(id: Hex, rank: bigint): Promise<SignedSettlement> {
      const close = await reads.run(() => reader.readClose(id), rank)
      const { settleBy } = close.auction
      const settling = () => readAndSettle(close, pool.dueBy(settleBy), deliver)
      return cache.get(close.auction, () => work.run(settling, settleBy))
    },
  }
}
