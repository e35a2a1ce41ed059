import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keccak256, numberToHex, type Hex } from 'viem'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BundleCache } from '../../../lib/enclave/proving/bundleCache'
import { createBundleStore } from '../../../lib/enclave/proving/bundleStore'
import { KeptFiles } from '../../../lib/enclave/proving/keptFiles'
import { createLogger } from '../../../lib/observe/logger'

const log = createLogger('enclave', 'silent')
const secret = new Uint8Array(32).fill(7)
const statement = keccak256('0x01')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subrosa-bundles-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const bundleOf = (index: number, length = 100): { bundle: Uint8Array; proofHash: Hex } => {
  const bundle = new Uint8Array(length).fill(index)
  return { bundle, proofHash: keccak256(bundle) }
}

/** A store as a process has it that has just begun. */
async function openStore(maxBytes = 1_000_000, maxFiles = 100) {
  const files = await KeptFiles.open({ folder, maxBytes, maxFiles, log })
  const hash = (bytes: Uint8Array) => Promise.resolve(keccak256(bytes))
  return createBundleStore({ cache: new BundleCache(), files, hash })
}

/** The file of so many bytes. */
async function fileOf(length: number): Promise<string> {
  for (const name of await readdir(folder)) {
    if ((await stat(join(folder, name))).size === length) return join(folder, name)
  }
  throw new Error(`no file has ${length} bytes`)
}

describe('bundles on the disk', () => {
  it('are there after a restart, by their hash and by what they prove', async () => {
    const made = bundleOf(1)
    await (await openStore()).keep(statement, secret, made)
    const store = await openStore()
    expect(await store.get(made.proofHash)).toEqual(made.bundle)
    expect(await store.find(statement, secret)).toEqual(made)
    expect(await store.find(keccak256('0x02'), secret)).toBeNull()
    expect(await store.get(keccak256('0x02'))).toBeNull()
  })

  it.each([
    ['changed', async (file: string) => writeFile(file, (await readFile(file)).fill(9, 50, 51))],
    ['cut off', (file: string) => truncate(file, 50)],
    ['made longer than memory is for', (file: string) => truncate(file, 50_000_000_000)],
    ['gone', (file: string) => rm(file)],
    ['a folder now', async (file: string) => (await rm(file), (await import('node:fs/promises')).mkdir(file))],
  ])('are not believed where they are %s, before a restart or after', async (_what, spoil) => {
    const made = bundleOf(1)
    const before = await openStore()
    await before.keep(statement, secret, made)
    const fresh = await openStore()
    await spoil(await fileOf(100))
    for (const store of [fresh, await openStore()]) {
      expect(await store.get(made.proofHash)).toBeNull()
      expect(await store.find(statement, secret)).toBeNull()
    }
    // Made again, and kept again.
    await fresh.keep(statement, secret, made)
    expect(await (await openStore()).find(statement, secret)).toEqual(made)
  })

  it('are never passed off by their host as the proofs of something else', async () => {
    const other = keccak256('0x02')
    const [made, another] = [bundleOf(1, 100), bundleOf(2, 200)]
    const store = await openStore()
    await store.keep(statement, secret, made)
    const [record] = (await readdir(folder)).filter((name) => !name.includes(made.proofHash))
    await store.keep(other, secret, another)
    const theirs = (await readdir(folder)).filter((name) => name !== record && !name.includes(another.proofHash))
    const otherRecord = theirs.find((name) => !name.includes(made.proofHash))
    await writeFile(join(folder, otherRecord!), await readFile(join(folder, record!)))
    expect(await (await openStore()).find(other, secret)).toBeNull()
    expect(await (await openStore()).find(statement, new Uint8Array(32).fill(8))).toBeNull()
    expect(await (await openStore()).find(statement, secret)).toEqual(made)
  })

  it('take so many bytes and files at most: those not asked for longest go, at a start too', async () => {
    const store = await openStore(1_000, 4)
    const made = [1, 2, 3].map((index) => bundleOf(index))
    for (const [index, proven] of made.entries()) await store.keep(keccak256(numberToHex(index)), secret, proven)
    expect(await readdir(folder)).toHaveLength(4)
    expect(await (await openStore(1_000, 4)).get(made[0]!.proofHash)).toBeNull()
    expect(await (await openStore(1_000, 4)).get(made[2]!.proofHash)).toEqual(made[2]!.bundle)
    await openStore(120, 4)
    expect(await readdir(folder)).not.toHaveLength(4)
    const lengths = await Promise.all(
      (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
    )
    expect(lengths.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(120)
  })

  it('that are longer than all that may be kept are kept in memory alone', async () => {
    const store = await openStore(1_000)
    const long = bundleOf(1, 2_000)
    await store.keep(statement, secret, long)
    expect(await store.get(long.proofHash)).toEqual(long.bundle)
    expect(await (await openStore(1_000)).get(long.proofHash)).toBeNull()
  })

  it('are no reason to fail: a disk that takes nothing costs the work alone', async () => {
    await rm(folder, { recursive: true })
    await writeFile(folder, 'not a folder')
    const store = await openStore()
    const made = bundleOf(1)
    await store.keep(statement, secret, made)
    expect(await store.get(made.proofHash)).toEqual(made.bundle)
    expect(await store.find(statement, secret)).toBeNull()
  })
})
