import { ZERO_HASH } from '../protocol/constants'
import { notifyFeed } from './appendFeed'
import type { Database, Queryable } from './client'
import { writeFile, type DueFile, type FileOutcome } from './enclaveFiles'
import { writeAsLeader } from './fence'

export type DueBundle = DueFile & { auctionId: string }

/** Bundles that settlements name, that are not here, and whose next attempt is due; those never asked for first. */
export function findDueBundles(db: Queryable, now: Date, limit: number): Promise<DueBundle[]> {
  return db.$queryRaw<DueBundle[]>`
    SELECT s.proof_hash AS hash, s.auction_id AS "auctionId", s.signer, COALESCE(b.attempts, 0) AS attempts
    FROM settlements s LEFT JOIN bundles b ON b.proof_hash = s.proof_hash
    WHERE s.bundle_hash IS NULL AND s.proof_hash <> ${ZERO_HASH}
      AND (b.proof_hash IS NULL OR (b.state <> 'FETCHED' AND b.next_attempt_at <= ${now}))
    ORDER BY attempts, s.auction_id LIMIT ${limit}`
}

/**
 * Keeps a bundle, or that it could not be had, and publishes what can be.
 *
 * @throws NotLeaderError; nothing is written then.
 */
export async function recordBundle(
  db: Database,
  term: bigint | null,
  hash: string,
  outcome: FileOutcome,
): Promise<void> {
  await writeAsLeader(db, term, async (tx) => {
    await writeFile(tx, 'bundle', hash, outcome)
    if (outcome.state === 'FETCHED') await linkBundles(tx)
  })
}

/**
 * Publishes every settlement whose bundle is here already: one that a reorganisation took back and brought again.
 *
 * @returns How many there were.
 */
export async function publishKeptBundles(db: Database, term: bigint | null): Promise<number> {
  const [row] = await db.$queryRaw<[{ waiting: boolean }]>`
    SELECT EXISTS (SELECT 1 FROM settlements s JOIN bundles b ON b.proof_hash = s.proof_hash
      WHERE s.bundle_hash IS NULL AND b.state = 'FETCHED') AS waiting`
  return row.waiting ? writeAsLeader(db, term, linkBundles) : 0
}

/** Each is a change of the index, so that answers kept by readers are old from here on. */
async function linkBundles(tx: Queryable): Promise<number> {
  const linked = await tx.$executeRaw`
    WITH linked AS (
      UPDATE settlements s SET bundle_hash = b.proof_hash FROM bundles b
      WHERE b.proof_hash = s.proof_hash AND b.state = 'FETCHED' AND s.bundle_hash IS NULL
      RETURNING s.auction_id, s.block_hash)
    INSERT INTO feed (kind, auction_id, block_number, block_hash)
    SELECT 'ProofPublished', l.auction_id, b.number, b.hash FROM linked l JOIN blocks b ON b.hash = l.block_hash`
  if (linked > 0) await notifyFeed(tx)
  return linked
}

/** How many settlements name a bundle that is here, and one that is not. */
export async function countBundles(db: Queryable): Promise<{ available: number; missing: number }> {
  const [available, missing] = await Promise.all([
    db.settlement.count({ where: { bundleHash: { not: null } } }),
    db.settlement.count({ where: { bundleHash: null, proofHash: { not: ZERO_HASH } } }),
  ])
  return { available, missing }
}

/** @returns The length of a bundle that a settlement on the chain names, in bytes; null where there is none. */
export async function findBundleLength(db: Queryable, proofHash: string): Promise<number | null> {
  const row = await db.bundle.findFirst({
    where: { proofHash: proofHash.toLowerCase(), state: 'FETCHED', settlements: { some: {} } },
    select: { length: true },
  })
  return row?.length ?? null
}

/** Some bytes of a bundle, from the offset on; none where it is not here. */
export async function readBundlePart(
  db: Queryable,
  proofHash: string,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const [row] = await db.$queryRaw<{ part: Uint8Array | null }[]>`
    SELECT substring(content FROM ${offset + 1}::int FOR ${length}::int) AS part
    FROM bundles WHERE proof_hash = ${proofHash.toLowerCase()}`
  return row?.part ?? new Uint8Array()
}
