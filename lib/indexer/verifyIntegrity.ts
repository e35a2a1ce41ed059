import type { BlockRef } from '../chain/connection'
import { readAuction } from '../chain/auctionState'
import { findUnverifiedAuctions } from '../db/auctions'
import { recordIntegrity } from '../db/sync'
import type { SyncContext } from './commitBlock'
import type { Suspects } from './readAgain'

const PAGE = 50

/**
 * Compares what was recomputed with the contract's own accumulator and count, for every auction that changed, and records
 * the verdicts. The index must stand exactly at `block`.
 *
 * @param suspects Auctions that agree are no longer among them.
 * @returns How many auctions disagree: their rows cannot be trusted.
 */
export async function verifyIntegrity(
  { connection, deployment, db, term, log }: SyncContext,
  block: BlockRef,
  suspects: Suspects,
): Promise<number> {
  let mismatches = 0
  for (;;) {
    const auctions = await findUnverifiedAuctions(db, PAGE)
    for (const auction of auctions) {
      const stored = await readAuction(connection, deployment, auction.id as `0x${string}`, block.number)
      if (stored && stored.acc === auction.acc && stored.count === auction.leafCount) {
        await recordIntegrity(db, term, auction, 'VERIFIED')
        suspects.delete(auction.id)
        continue
      }
      // After a reorganisation the storage read is another fork's: no verdict, the next round decides.
      if ((await connection.readBlock(block.number)).hash !== block.hash) return mismatches
      mismatches += 1
      await recordIntegrity(db, term, auction, 'MISMATCH')
      const onChain = stored ? { acc: stored.acc, count: stored.count } : null
      log.error(
        { auction: auction.id, block: block.number, indexed: auction, onChain },
        'index disagrees with the contract',
      )
    }
    if (auctions.length < PAGE) return mismatches
  }
}
