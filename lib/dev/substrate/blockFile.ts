import { appendFile, readFile, truncate } from 'node:fs/promises'
import type { BlockEntry, Database } from '@acala-network/chopsticks-core'
import { z } from 'zod'

const hex = z.string().regex(/^0x[0-9a-f]*$/) as unknown as z.ZodType<`0x${string}`>
const entry = z.object({
  hash: hex,
  number: z.number().int().min(0),
  header: hex,
  parentHash: hex.nullable(),
  extrinsics: z.array(hex),
  storageDiff: z.record(hex, hex.nullable()).nullable(),
})

/**
 * The blocks of a local chain in a file, a line each, so that a restart continues it. The last block of a number counts.
 */
export class BlockFile implements Database {
  /** Whether new blocks are written down. */
  recording = true
  readonly #blocks = new Map<number, BlockEntry>()
  #last: Promise<unknown> = Promise.resolve()

  private constructor(private readonly file: string) {}

  /** A last line without its end, as a kill leaves it, is cut off. */
  static async open(file: string): Promise<BlockFile> {
    const blocks = new BlockFile(file)
    const text = await readFile(file, 'utf8').catch(() => '')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole))
    for (const line of whole.split('\n').slice(0, -1)) {
      const block = entry.parse(JSON.parse(line))
      blocks.#blocks.set(block.number, block)
    }
    return blocks
  }

  saveBlock = (block: BlockEntry): Promise<void> => {
    if (!this.recording) return Promise.resolve()
    this.#blocks.set(block.number, block)
    const next = this.#last.then(() => appendFile(this.file, `${JSON.stringify(block)}\n`))
    this.#last = next.catch(() => undefined)
    return next
  }

  queryBlock = (hash: string) =>
    Promise.resolve([...this.#blocks.values()].find((block) => block.hash === hash) ?? null)
  queryBlockByNumber = (number: number) => Promise.resolve(this.#blocks.get(number) ?? null)
  queryHighestBlock = () => Promise.resolve(this.#blocks.get(Math.max(...this.#blocks.keys())) ?? null)
  blocksCount = () => Promise.resolve(this.#blocks.size)
  deleteBlock = () => Promise.resolve()
  close = async () => {
    await this.#last
  }

  // What comes from the genesis is read from there each time.
  saveStorage = () => Promise.resolve()
  queryStorage = () => Promise.resolve(null)
}
