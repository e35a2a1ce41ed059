import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitForLock } from './fileLock'
import { readPidFile, stopLeftover, writePidFile } from './processes'

/** How often a build is begun anew because what it is made of changed under it. */
const MOST_ATTEMPTS = 3

export type Maker = {
  /** What a build of today's sources is called. Asked again once it is made. */
  nameOf: () => Promise<string>
  /** Fills the folder `name` of the store; `ran` is told the process that does so. @throws Error where it fails. */
  make: (name: string, ran: (pid: number) => Promise<void>) => Promise<void>
  /** Called once, where another process has the store in hand. */
  onWait: () => void
}

/**
 * The build that a store holds of these very sources, made if it is not there yet. Of several processes that want it, one
 * makes it and the others wait. A build counts once it is whole: what a process left that was killed, or whose sources
 * changed meanwhile, is thrown away, and its own process ended first if it still writes.
 *
 * This process holds the build from then on for as long as it lives. Builds that nobody holds are deleted.
 *
 * @returns The build's name: its folder in `store`.
 * @throws Error where the build fails, or its sources changed each time.
 */
export async function takeBuild(store: string, { nameOf, make, onWait }: Maker): Promise<string> {
  const release = await waitForLock(`${store}.lock`, onWait)
  try {
    const name = await findOrMake(store, { nameOf, make })
    const folder = join(store, name)
    await forgetDeadUsers(folder)
    await writePidFile(join(usersOf(folder), `${process.pid}.json`), process.pid)
    const unused = await findUnusedBuilds(store, name)
    await Promise.all(unused.map((path) => rm(path, { recursive: true, force: true })))
    return name
  } finally {
    await release()
  }
}

async function findOrMake(store: string, { nameOf, make }: Pick<Maker, 'nameOf' | 'make'>): Promise<string> {
  const makerFile = `${store}.maker.json`
  await stopLeftover(makerFile, 'SIGTERM')
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const name = await nameOf()
    const folder = join(store, name)
    if (existsSync(stampOf(folder))) return name
    const cache = await takeCache(store, name)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    if (cache) await rename(cache, join(folder, 'cache'))
    await make(name, (pid) => writePidFile(makerFile, pid))
    // It may hold sources as they were, as they became, or some of each.
    if ((await nameOf()) !== name) continue
    await writeFile(stampOf(folder), '')
    return name
  }
  throw new Error(`The sources of the web app changed while they were built, ${MOST_ATTEMPTS} times.`)
}

/** What the compiler remembers of another build saves it most of the work. */
async function takeCache(store: string, current: string): Promise<string | undefined> {
  const unused = await findUnusedBuilds(store, current)
  return unused.map((build) => join(build, 'cache')).find((path) => existsSync(path))
}

const stampOf = (build: string) => join(build, 'subrosa-complete')
const usersOf = (build: string) => join(build, 'subrosa-users')

/** The files of those who took a build, and whether each still lives. */
async function readUsers(build: string): Promise<{ file: string; lives: boolean }[]> {
  const names = await readdir(usersOf(build)).catch(() => [])
  const files = names.map((name) => join(usersOf(build), name))
  return Promise.all(files.map(async (file) => ({ file, lives: (await readPidFile(file)) !== undefined })))
}

async function forgetDeadUsers(build: string): Promise<void> {
  const dead = (await readUsers(build)).filter(({ lives }) => !lives)
  await Promise.all(dead.map(({ file }) => rm(file, { force: true })))
}

const isInUse = async (build: string) => (await readUsers(build)).some(({ lives }) => lives)

/** Builds other than `current` that no living stack serves. */
export async function findUnusedBuilds(store: string, current: string): Promise<string[]> {
  const names = (await readdir(store).catch(() => [])).filter((name) => name !== current)
  const used = await Promise.all(names.map((name) => isInUse(join(store, name))))
  return names.filter((_name, index) => !used[index]).map((name) => join(store, name))
}
