import { z } from 'zod'
import type { ReceiptStorage } from '../_sealing/receiptStore'
import { JOURNAL_KEY } from './journalKey'

/** A browser keeps no more jobs than one person can have under way. */
const MOST = 20

const hex = (digits: number) =>
  z.string().regex(new RegExp(`^0x[0-9a-fA-F]{${digits}}$`)) as unknown as z.ZodType<`0x${string}`>
const number = z.string().regex(/^(0|[1-9]\d{0,77})$/)

const entrySchema = z.strictObject({
  version: z.literal(2),
  id: z.string().min(1).max(64),
  chainId: z.int().positive(),
  contract: hex(40),
  account: hex(40),
  title: z.string().max(200),
  done: z.string().max(400),
  stage: z.enum(['checking', 'encrypting', 'saved', 'awaiting-signature', 'submitted', 'included']),
  /** Which of the job's calls is meant, in words. */
  step: z.string().max(200),
  /** What names a bid or order on the chain, once it is sealed: public there, and nothing to read it with. */
  sealed: z.strictObject({ id: hex(64), fromBlock: number, x: number, y: number }).nullable(),
  hash: hex(64).nullable(),
  /** Unix milliseconds, by this computer. */
  updatedAt: z.int().nonnegative(),
})

/** A job that was under way when it was last heard of: enough to find out on the chain what became of it. */
export type JournalEntry = z.output<typeof entrySchema>

/** Opens the storage where the browser allows it. */
export type OpenJournal = () => ReceiptStorage

/** @returns the jobs under way, oldest first; what cannot be read is left out. */
export function readJournal(open: OpenJournal): JournalEntry[] {
  try {
    const list: unknown = JSON.parse(open().getItem(JOURNAL_KEY) ?? '[]')
    if (!Array.isArray(list)) return []
    return list.flatMap((item) => {
      const entry = entrySchema.safeParse(item)
      return entry.success ? [entry.data] : []
    })
  } catch {
    return []
  }
}

/** Writes down where a job stands. @returns whether it is there now. */
export function writeJournal(entry: JournalEntry, open: OpenJournal): boolean {
  const others = readJournal(open).filter(({ id }) => id !== entry.id)
  return store([...others, entry].slice(-MOST), open)
}

/** Forgets a job that has ended and of which the person was told. */
export function eraseJournal(id: string, open: OpenJournal): void {
  store(
    readJournal(open).filter((entry) => entry.id !== id),
    open,
  )
}

function store(entries: readonly JournalEntry[], open: OpenJournal): boolean {
  try {
    if (entries.length === 0) open().removeItem(JOURNAL_KEY)
    else open().setItem(JOURNAL_KEY, JSON.stringify(entries))
    return true
  } catch {
    return false
  }
}
