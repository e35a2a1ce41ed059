import type { Queryable } from '../client'

/** As much of a batch as its deadline follows from. Unix seconds. */
export type BatchTimes = { keyId: string; endsAt: bigint; settleBy: bigint }

/**
 * Batches with the time from which on they are void, if they are not settled, in Unix seconds: their own deadline, moved by a
 * strike or not, or their end where their key was revoked. PROTOCOL.md section 11.
 */
export async function withDeadlines<Batch extends BatchTimes>(
  db: Queryable,
  batches: readonly Batch[],
): Promise<{ batch: Batch; deadline: bigint }[]> {
  const keyIds = [...new Set(batches.map(({ keyId }) => keyId))]
  const rows = await db.enclaveRevocation.findMany({ where: { keyId: { in: keyIds } }, select: { keyId: true } })
  const revoked = new Set(rows.map(({ keyId }) => keyId))
  return batches.map((batch) => ({ batch, deadline: revoked.has(batch.keyId) ? batch.endsAt : batch.settleBy }))
}
