import type { Database, Queryable } from './client'
import { writeAsLeader } from './fence'

/** A signer whose key is not revoked and not over, by the place of its admission. */
export type LiveSigner = { keyId: string; signer: string; blockHash: string; logIndex: number }

/** @param at Chain time, Unix seconds. */
export function listLiveSigners(db: Queryable, at: bigint): Promise<LiveSigner[]> {
  return db.$queryRaw<LiveSigner[]>`
    SELECT DISTINCT s.key_id AS "keyId", s.signer, s.block_hash AS "blockHash", s.log_index AS "logIndex"
    FROM enclave_signers s JOIN enclave_keys k ON k.key_id = s.key_id
    WHERE k.not_after > ${at} AND NOT EXISTS (SELECT 1 FROM enclave_revocations r WHERE r.key_id = s.key_id)
    ORDER BY s.block_hash, s.log_index`
}

/** What a signer was admitted on, as the event has it; null where the block was taken back meanwhile. */
export async function readAdmittedEvidence(
  db: Queryable,
  { blockHash, logIndex }: Pick<LiveSigner, 'blockHash' | 'logIndex'>,
): Promise<Uint8Array | null> {
  const where = { blockHash_logIndex: { blockHash, logIndex } }
  return (await db.enclaveSigner.findUnique({ where, select: { evidence: true } }))?.evidence ?? null
}

/** What every signer of a key was admitted on; the signer in lower case. */
export function listAdmittedEvidence(
  db: Queryable,
  keyId: string,
): Promise<{ signer: string; evidence: Uint8Array }[]> {
  const select = { signer: true, evidence: true } as const
  return db.enclaveSigner.findMany({ where: { keyId }, select, orderBy: { signer: 'asc' } })
}

/** Collateral that is kept: JSON, until when it holds in Unix seconds of chain time, and when it was fetched. */
export type KeptCollateral = { content: string; validUntil: bigint; fetchedAt: Date }

export async function readEventLog(db: Queryable, quoteHash: string): Promise<string | null> {
  return (await db.enclaveEventLog.findUnique({ where: { quoteHash } }))?.content ?? null
}

export function readCollateral(db: Queryable, platform: string): Promise<KeptCollateral | null> {
  const select = { content: true, validUntil: true, fetchedAt: true } as const
  return db.platformCollateral.findUnique({ where: { platform }, select })
}

/** What of this is here already, without its content. */
export async function findKept(
  db: Queryable,
  quoteHash: string,
  platform: string,
): Promise<{ eventLog: boolean; collateral: Omit<KeptCollateral, 'content'> | null }> {
  const select = { validUntil: true, fetchedAt: true } as const
  const [logs, collateral] = await Promise.all([
    db.enclaveEventLog.count({ where: { quoteHash } }),
    db.platformCollateral.findUnique({ where: { platform }, select }),
  ])
  return { eventLog: logs > 0, collateral }
}

/** Keeps the log of a machine by its quote: it is constant, so the first one stays. @throws NotLeaderError */
export async function keepEventLog(
  db: Database,
  term: bigint | null,
  quoteHash: string,
  content: string,
): Promise<void> {
  await writeAsLeader(db, term, async (tx) => {
    await tx.enclaveEventLog.createMany({ data: [{ quoteHash, content }], skipDuplicates: true })
  })
}

/**
 * Keeps a platform's collateral. What holds longer is newer: an older copy, by whomever it is served, takes the place of
 * none that still holds.
 *
 * @param at Chain time, Unix seconds. @throws NotLeaderError
 */
export async function keepCollateral(
  db: Database,
  term: bigint | null,
  { platform, content, validUntil, at }: { platform: string; content: string; validUntil: bigint; at: bigint },
): Promise<void> {
  await writeAsLeader(db, term, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO platform_collaterals AS kept (platform, content, valid_until, fetched_at)
      VALUES (${platform}, ${content}, ${validUntil}, now())
      ON CONFLICT (platform) DO UPDATE SET fetched_at = EXCLUDED.fetched_at,
        content = CASE WHEN kept.valid_until > EXCLUDED.valid_until AND kept.valid_until >= ${at}
          THEN kept.content ELSE EXCLUDED.content END,
        valid_until = CASE WHEN kept.valid_until > EXCLUDED.valid_until AND kept.valid_until >= ${at}
          THEN kept.valid_until ELSE EXCLUDED.valid_until END`
  })
}
