import { decodeCarried, type Carried } from '../../protocol/book/carried'
import { notifyFeed } from '../appendFeed'
import type { Database, Queryable } from '../client'
import { writeFile, type DueFile, type FileOutcome } from '../enclaveFiles'
import { writeAsLeader } from '../fence'
import type { BatchKey } from './tips'

export type DueCarriedList = DueFile & BatchKey

/**
 * Lists that standing settlements name, that are not here, and whose next attempt is due: those never asked for first,
 * the newest of them first. Two batches that name the same list are one.
 */
export function findDueCarriedLists(db: Queryable, now: Date, limit: number): Promise<DueCarriedList[]> {
  return db.$queryRaw<DueCarriedList[]>`
    SELECT hash, "marketId", "batchId", signer, attempts FROM (
      SELECT DISTINCT ON (s.carried_hash) s.carried_hash AS hash, s.market_id AS "marketId", s.batch_id AS "batchId",
        s.signer, s.block_number, COALESCE(c.attempts, 0) AS attempts
      FROM batch_settlements s
      JOIN batches b ON b.market_id = s.market_id AND b.batch_id = s.batch_id AND b.round = s.round
      LEFT JOIN carried_lists c ON c.carried_hash = s.carried_hash
      WHERE s.carried_list_hash IS NULL
        AND (c.carried_hash IS NULL OR (c.state <> 'FETCHED' AND c.next_attempt_at <= ${now}))
      ORDER BY s.carried_hash, s.block_number DESC) due
    ORDER BY attempts, block_number DESC LIMIT ${limit}`
}

/**
 * Keeps a list, or that it could not be had, and publishes what can be.
 *
 * @throws NotLeaderError; nothing is written then.
 */
export async function recordCarriedList(
  db: Database,
  term: bigint | null,
  hash: string,
  outcome: FileOutcome,
): Promise<void> {
  await writeAsLeader(db, term, async (tx) => {
    await writeFile(tx, 'carriedList', hash, outcome)
    if (outcome.state === 'FETCHED') await linkCarriedLists(tx)
  })
}

/**
 * Publishes every batch whose list is here already: one that a reorganisation took back and brought again.
 *
 * @returns How many there were.
 */
export async function publishKeptCarriedLists(db: Database, term: bigint | null): Promise<number> {
  const [row] = await db.$queryRaw<[{ waiting: boolean }]>`
    SELECT EXISTS (SELECT 1 FROM batch_settlements s JOIN carried_lists c ON c.carried_hash = s.carried_hash
      WHERE s.carried_list_hash IS NULL AND c.state = 'FETCHED') AS waiting`
  return row.waiting ? writeAsLeader(db, term, linkCarriedLists) : 0
}

/** Each is a change of the index, so that answers kept by readers are old from here on. */
async function linkCarriedLists(tx: Queryable): Promise<number> {
  const linked = await tx.$executeRaw`
    WITH linked AS (
      UPDATE batch_settlements s SET carried_list_hash = c.carried_hash FROM carried_lists c
      WHERE c.carried_hash = s.carried_hash AND c.state = 'FETCHED' AND s.carried_list_hash IS NULL
      RETURNING s.market_id, s.batch_id, s.block_hash)
    INSERT INTO feed (kind, market_id, batch_id, block_number, block_hash)
    SELECT 'CarriedPublished', l.market_id, l.batch_id, b.number, b.hash FROM linked l JOIN blocks b ON b.hash = l.block_hash`
  if (linked > 0) await notifyFeed(tx)
  return linked
}

/** How many standing settlements name a list that is here, and one that is not. */
export async function countCarriedLists(db: Queryable): Promise<{ available: number; missing: number }> {
  const [row] = await db.$queryRaw<[{ available: bigint; missing: bigint }]>`
    SELECT count(s.carried_list_hash) AS available, count(*) - count(s.carried_list_hash) AS missing
    FROM batch_settlements s
    JOIN batches b ON b.market_id = s.market_id AND b.batch_id = s.batch_id AND b.round = s.round`
  return { available: Number(row.available), missing: Number(row.missing) }
}

/** @returns What became of a settled batch's orders, as its settlement names it; null where the list is not here. */
export async function readCarriedList(db: Queryable, carriedHash: string): Promise<Carried[] | null> {
  const row = await db.carriedList.findFirst({
    where: { carriedHash, state: 'FETCHED' },
    select: { content: true },
  })
  if (!row?.content) return null
  const carried = decodeCarried(row.content)
  if (!carried) throw new Error(`the kept list ${carriedHash} is no list`)
  return carried
}
