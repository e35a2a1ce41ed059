import type { Hex } from 'viem'
import { readBatch } from '../../chain/book/batchState'
import type { BlockRef } from '../../chain/connection'
import { findUnverifiedBatches, recordBatchIntegrity } from '../../db/book/integrity'
import { batchKey } from '../../db/book/tips'
import type { SyncContext } from '../commitBlock'
import type { Suspects } from '../readAgain'

const PAGE = 50

/**
 * As `verifyIntegrity`, for every batch of the order book that changed since it was settled or compared. The index must
 * stand exactly at `block`.
 *
 * @returns How many batches disagree: their rows cannot be trusted.
 */
export async function verifyBatches(
  { connection, deployment, db, term, log }: SyncContext,
  block: BlockRef,
  suspects: Suspects,
): Promise<number> {
  let mismatches = 0
  for (;;) {
    const batches = await findUnverifiedBatches(db, PAGE)
    for (const batch of batches) {
      const { marketId, batchId, acc, leafCount } = batch
      const stored = await readBatch(connection, deployment, marketId as Hex, batchId, block.number)
      if (stored.acc === acc && stored.count === leafCount) {
        await recordBatchIntegrity(db, term, batch, 'VERIFIED')
        suspects.delete(batchKey(batch))
        continue
      }
      // After a reorganisation the storage read is another fork's: no verdict, the next round decides.
      if ((await connection.readBlock(block.number)).hash !== block.hash) return mismatches
      mismatches += 1
      await recordBatchIntegrity(db, term, batch, 'MISMATCH')
      const onChain = { acc: stored.acc, count: stored.count }
      log.error({ block: block.number, indexed: batch, onChain }, 'index disagrees with the contract about a batch')
    }
    if (batches.length < PAGE) return mismatches
  }
}
