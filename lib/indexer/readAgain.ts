import { findCreationBlock, findMismatches } from '../db/auctions'
import { readBlocksBelow, rollbackTo } from '../db/blocks'
import { findBatchMismatches, findBatchStart, findMarketCreationBlock } from '../db/book/integrity'
import { batchKey } from '../db/book/tips'
import type { Queryable } from '../db/client'
import type { SyncContext } from './commitBlock'

/** `hasGap`: an event came that does not continue what is indexed. `notBefore`: by this machine's clock, ms. */
type Suspect = { hasGap: boolean; attempts: number; notBefore: number }
export type Suspects = Map<string, Suspect>

const MAX_ATTEMPTS = 8
const FIRST_PAUSE_MS = 1_000

const suspectOf = (suspects: Suspects, id: string): Suspect =>
  suspects.get(id) ?? { hasGap: false, attempts: 0, notBefore: 0 }

export function noteGap(suspects: Suspects, id: string): void {
  suspects.set(id, { ...suspectOf(suspects, id), hasGap: true })
}

/**
 * Takes the index back to before every auction, market or batch of which it may lack an event, so that the round to come reads it again:
 * a node may have left a log out of an answer, and nothing would ever bring it.
 *
 * At once the first time, then after ever longer pauses, and no more than eight times for one of them until it agrees
 * with the contract: some other fault is not to keep the index busy for ever.
 *
 * @param suspects Gaps noted meanwhile; how often each was read again is kept here.
 */
export async function readAgain({ db, term, log }: SyncContext, suspects: Suspects): Promise<void> {
  const mismatched = [
    ...(await findMismatches(db)).map(({ id }) => id),
    ...(await findBatchMismatches(db)).map(batchKey),
  ]
  const gaps = [...suspects].flatMap(([id, { hasGap }]) => (hasGap ? id : []))
  const now = Date.now()
  const due = [...new Set([...mismatched, ...gaps])].filter((id) => {
    const { attempts, notBefore } = suspectOf(suspects, id)
    return attempts < MAX_ATTEMPTS && now >= notBefore
  })
  if (due.length === 0) return

  const created = await Promise.all(due.map((id) => beginningOf(db, id)))
  // What created an unknown one may be anywhere.
  const first = created.reduce((lowest, block) =>
    lowest === null || block === null ? null : block < lowest ? block : lowest,
  )
  const [keep] = first === null ? [] : await readBlocksBelow(db, first, 1)
  const blocks = await rollbackTo(db, term, keep ?? null)
  for (const id of due) {
    const attempts = suspectOf(suspects, id).attempts + 1
    suspects.set(id, { hasGap: false, attempts, notBefore: now + FIRST_PAUSE_MS * 2 ** (attempts - 1) })
    log.error(
      { subject: id, attempt: attempts, of: MAX_ATTEMPTS, to: keep?.number ?? null, blocks },
      'the node left events of this auction, market or batch out: reading it again',
    )
  }
}

/** The first block that may hold an event of it; null where that may be any. */
async function beginningOf(db: Queryable, id: string): Promise<bigint | null> {
  if (id.includes('/')) return findBatchStart(db, id)
  return (await findCreationBlock(db, id)) ?? findMarketCreationBlock(db, id)
}
