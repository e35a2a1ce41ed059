import type { Queryable } from './client'
import { FEED_CHANNEL } from './feed'

type Place = { number: bigint; hash: string }

/**
 * Puts a block's events into the feed, or the block itself where it has none, and tells who listens once it is
 * committed. Those of the registry have the signer as account.
 */
export async function appendBlockToFeed(tx: Queryable, block: Place): Promise<void> {
  const added = await tx.$executeRaw`
    INSERT INTO feed (kind, auction_id, market_id, batch_id, account, seq, block_number, block_hash)
    SELECT kind, auction_id, market_id, batch_id, account, seq, ${block.number}, ${block.hash} FROM (
      SELECT log_index, kind::text, auction_id, market_id, batch_id, account, seq FROM events
      WHERE block_hash = ${block.hash}
      UNION ALL SELECT log_index, 'SealingKeyRegistered', NULL, NULL, NULL, NULL, NULL FROM enclave_keys
      WHERE block_hash = ${block.hash}
      UNION ALL SELECT log_index, 'SignerAdmitted', NULL, NULL, NULL, signer, NULL FROM enclave_signers
      WHERE block_hash = ${block.hash}
      UNION ALL SELECT log_index, 'SealingKeyRetired', NULL, NULL, NULL, NULL, NULL FROM enclave_retirements
      WHERE block_hash = ${block.hash}
      UNION ALL SELECT log_index, 'SealingKeyRevoked', NULL, NULL, NULL, NULL, NULL FROM enclave_revocations
      WHERE block_hash = ${block.hash}
    ) e ORDER BY log_index`
  if (added === 0) {
    await tx.feedEntry.create({ data: { kind: 'Block', blockNumber: block.number, blockHash: block.hash } })
  }
  await notifyFeed(tx)
}

/** @param kept The last block that stays; without a hash where none does. */
export async function appendRollbackToFeed(
  tx: Queryable,
  kept: { number: bigint; hash: string | null },
): Promise<void> {
  await tx.feedEntry.create({ data: { kind: 'Rollback', blockNumber: kept.number, blockHash: kept.hash } })
  await notifyFeed(tx)
}

/** Drops all but about the newest `keep` entries. */
export async function pruneFeed(db: Queryable, keep: bigint): Promise<number> {
  return db.$executeRaw`DELETE FROM feed WHERE id <= (SELECT max(id) FROM feed) - ${keep}`
}

/** Tells who listens, once the transaction is committed, that the feed goes on. */
export async function notifyFeed(tx: Queryable): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${FEED_CHANNEL}, max(id)::text) FROM feed`
}
