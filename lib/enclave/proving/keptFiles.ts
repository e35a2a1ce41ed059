import { randomUUID } from 'node:crypto'
import { mkdir, open, opendir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../../observe/logger'
import { MAX_BUNDLE_BYTES } from '../../protocol/proof/bundle'

export type KeptFilesOptions = {
  folder: string
  /** Bytes of all files together, at most; a longer one is not kept. */
  maxBytes: number
  /** Files at most. */
  maxFiles?: number
  log: Logger
}

const MAX_FILES = 65_536
const SUFFIX = '.kept'
/** Of files that are being written, which nobody reads. */
const UNDER_WAY = '.writing'
/** Names are hashes, and no paths. */
const NAME = /^0x[0-9a-f]{64}$/

/**
 * Files in a folder that its host can change, lose or fill: whoever reads one must be able to tell that it is the one
 * that was written. The one not asked for longest goes first. Nothing here throws where the disk fails: what is not kept
 * is made again.
 */
export class KeptFiles {
  readonly #options: Required<KeptFilesOptions>
  /** Lengths, the one not asked for longest first. */
  readonly #sizes: Map<string, number>
  #bytes: number

  private constructor(options: Required<KeptFilesOptions>, sizes: Map<string, number>) {
    this.#options = options
    this.#sizes = sizes
    this.#bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  }

  /** Opens the folder, which is made where there is none, with what it holds. */
  static async open(given: KeptFilesOptions): Promise<KeptFiles> {
    const options = { maxFiles: MAX_FILES, ...given }
    const sizes = await listFiles(options).catch((error: unknown) => {
      options.log.warn({ folder: options.folder, reason: String(error) }, 'the folder of bundles cannot be read')
      return new Map<string, number>()
    })
    const files = new KeptFiles(options, sizes)
    await files.#makeRoom(0)
    return files
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(name)
    if (bytes.length > this.#options.maxBytes) return
    const writing = `${path}.${randomUUID()}${UNDER_WAY}`
    try {
      await this.drop(name)
      await this.#makeRoom(bytes.length)
      await writeFile(writing, bytes, { mode: 0o600 })
      await rename(writing, path)
      this.#remember(name, bytes.length)
    } catch (error) {
      this.#options.log.warn({ name, reason: String(error) }, 'a bundle could not be kept on the disk')
      await unlink(writing).catch(() => undefined)
    }
  }

  /** @returns null where there is none, or one of another length than was written. */
  async get(name: string): Promise<Uint8Array | null> {
    const size = this.#sizes.get(name)
    if (size === undefined) return null
    const bytes = await readExactly(this.#pathOf(name), size).catch(() => null)
    if (bytes) this.#remember(name, size)
    else await this.drop(name)
    return bytes
  }

  async drop(name: string): Promise<void> {
    const size = this.#sizes.get(name)
    if (size === undefined) return
    this.#sizes.delete(name)
    this.#bytes -= size
    // Whatever its host has put there.
    await rm(this.#pathOf(name), { recursive: true, force: true }).catch(() => undefined)
  }

  #remember(name: string, size: number): void {
    this.#bytes += size - (this.#sizes.get(name) ?? 0)
    this.#sizes.delete(name)
    this.#sizes.set(name, size)
  }

  async #makeRoom(length: number): Promise<void> {
    const { maxBytes, maxFiles } = this.#options
    const files = length > 0 ? 1 : 0
    for (const oldest of [...this.#sizes.keys()]) {
      if (this.#bytes + length <= maxBytes && this.#sizes.size + files <= maxFiles) break
      await this.drop(oldest)
    }
  }

  #pathOf(name: string): string {
    if (!NAME.test(name)) throw new RangeError(`${name} is not the name of a kept file`)
    return join(this.#options.folder, `${name}${SUFFIX}`)
  }
}

/** Twice as many entries as may be kept are looked at, the oldest files first; what was left half written goes. */
async function listFiles({ folder, maxFiles }: Required<KeptFilesOptions>): Promise<Map<string, number>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found: { name: string; size: number; at: number }[] = []
  let seen = 0
  for await (const entry of await opendir(folder)) {
    if (++seen > 2 * maxFiles) break
    const path = join(folder, entry.name)
    if (entry.name.endsWith(UNDER_WAY)) await unlink(path).catch(() => undefined)
    const name = entry.name.slice(0, -SUFFIX.length)
    if (!entry.isFile() || !entry.name.endsWith(SUFFIX) || !NAME.test(name)) continue
    const { size, mtimeMs } = await stat(path)
    // No bundle: it would only be read into memory to be thrown away.
    if (size > MAX_BUNDLE_BYTES) continue
    found.push({ name, size, at: mtimeMs })
  }
  found.sort((a, b) => a.at - b.at)
  return new Map(found.map(({ name, size }) => [name, size]))
}

/** No more is read than was written, however long the file has become. */
async function readExactly(path: string, size: number): Promise<Uint8Array | null> {
  const file = await open(path, 'r')
  try {
    if ((await file.stat()).size !== size) return null
    const bytes = new Uint8Array(size)
    let at = 0
    while (at < size) {
      const { bytesRead } = await file.read(bytes, at, size - at, at)
      if (bytesRead === 0) return null
      at += bytesRead
    }
    return bytes
  } finally {
    await file.close()
  }
}
