import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { lockJournal, type JournalLock } from './lock'
import { encode } from '../fields'

/** Lines before a file is worth writing anew. */
const MANY_LINES = 2_000

/** What an opened file held. `damaged` counts whole lines that were no records, a torn last one left out. */
export type JournalContents<Entry> = { records: Entry[]; damaged: number }

/**
 * An append-only file of what the keeper did and is about to do. A line counts once it is on the disk, so that after a
 * crash at any moment nothing can be under way that the file does not know.
 */
export class Journal<Entry> {
  #handle: FileHandle
  #size: number
  #lines: number
  #last: Promise<unknown> = Promise.resolve()

  private constructor(
    readonly file: string,
    private readonly lock: JournalLock,
    handle: FileHandle,
    size: number,
    lines: number,
  ) {
    this.#handle = handle
    this.#size = size
    this.#lines = lines
  }

  /**
   * Opens the file or makes it; nobody else may until `close`. A last line without its end, as a crash leaves it, is
   * cut off: what it announced was not done yet.
   *
   * @param parse Reads one line; undefined where it is no record.
   * @throws JournalHeld
   */
  static async open<Entry>(
    file: string,
    parse: (line: string) => Entry | undefined,
  ): Promise<{ journal: Journal<Entry>; contents: JournalContents<Entry> }> {
    await mkdir(dirname(file), { recursive: true })
    const lock = await lockJournal(file)
    try {
      const handle = await open(file, 'a+', 0o600)
      const bytes = await readFile(file)
      const size = bytes.lastIndexOf(0x0a) + 1
      if (size < bytes.length) await handle.truncate(size)
      const lines = bytes.subarray(0, size).toString('utf8').split('\n').slice(0, -1)
      const parsed = lines.map(parse)
      const records = parsed.filter((record): record is Entry & {} => record !== undefined)
      await syncFolder(file)
      const journal = new Journal<Entry>(file, lock, handle, size, lines.length)
      return { journal, contents: { records, damaged: parsed.length - records.length } }
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  /** Whether much of the file is history that `rewrite` would leave out, where `needed` lines say the same. */
  isLong(needed = 0): boolean {
    return this.#lines > MANY_LINES && this.#lines > 2 * needed
  }

  /** Resolves when the lines are on the disk. @throws where they are not; the file is then as before. */
  append(...records: Entry[]): Promise<void> {
    return this.#inOrder(async () => {
      this.lock.check()
      const bytes = Buffer.from(records.map((record) => `${encode(record)}\n`).join(''))
      try {
        await this.#handle.appendFile(bytes)
        await this.#handle.datasync()
      } catch (error) {
        await this.#handle.truncate(this.#size)
        throw error
      }
      this.#size += bytes.length
      this.#lines += records.length
    })
  }

  /** Puts these records in place of all, at once: a crash leaves the old file or the new one. */
  rewrite(records: readonly Entry[]): Promise<void> {
    return this.#inOrder(() => this.#replace(records))
  }

  /** Keeps the file under another name, for people to look at, and starts an empty one. */
  async setAside(name: string): Promise<void> {
    await this.#inOrder(async () => {
      this.lock.check()
      await rename(this.file, name)
      await this.#replace([])
    })
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#inOrder(() => this.#handle.close())
    await this.lock.release()
  }

  async #replace(records: readonly Entry[]): Promise<void> {
    this.lock.check()
    const fresh = `${this.file}.new`
    const bytes = Buffer.from(records.map((record) => `${encode(record)}\n`).join(''))
    const writer = await open(fresh, 'w', 0o600)
    await writer.writeFile(bytes)
    await writer.sync()
    await writer.close()
    await rename(fresh, this.file)
    await syncFolder(this.file)
    await this.#handle.close()
    this.#handle = await open(this.file, 'a')
    this.#size = bytes.length
    this.#lines = records.length
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work)
    this.#last = next.catch(() => undefined)
    return next
  }
}

/** A new name in a folder survives a power cut only once the folder is on the disk, too. */
async function syncFolder(file: string): Promise<void> {
  const folder = await open(dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}
