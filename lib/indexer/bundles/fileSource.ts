import type { Database } from '../../db/client'
import type { DueFile, FileOutcome } from '../../db/enclaveFiles'
import type { FileMetrics, IndexerMetrics } from '../metrics'

/** The content to keep, or why what was served is not the file that a settlement names. */
export type CheckedFile = { ok: true; content: Uint8Array } | { ok: false; reason: string }

/** A kind of file that settlements name by its hash, and that enclaves serve. */
export type FileSource<Due extends DueFile> = {
  /** As the log names it. */
  name: string
  /** Files asked for at a time. */
  atOnce: number
  /** The media type asked for. */
  accept: string
  /** Below an enclave's base URL. */
  pathOf: (due: Due) => string
  /** Only what has the hash asked for is ever kept, so it does not matter who serves it. */
  check: (served: Uint8Array, due: Due) => CheckedFile
  /** What the log says of one, besides its hash. */
  about: (due: Due) => Record<string, unknown>
  findDue: (db: Database, now: Date, limit: number) => Promise<Due[]>
  record: (db: Database, term: bigint | null, hash: string, outcome: FileOutcome) => Promise<void>
  publishKept: (db: Database, term: bigint | null) => Promise<number>
  count: (db: Database) => Promise<{ available: number; missing: number }>
  /** Of how many there are, and of attempts. */
  metricsOf: (metrics: IndexerMetrics) => FileMetrics
}
