import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { trustOfBuild } from '../config/buildTrust.mjs'
import { waitForLock } from './fileLock'
import { readPidFile, writePidFile, type Warden } from './processes'
import { logFileOf, type ServiceContext } from './service'
import { NEXT, ROOT } from './web'

/** What ends up in a build: folders with everything under them, and files. */
const SOURCES = [
  ...['app', 'public', 'lib/abi', 'lib/chain', 'lib/config', 'lib/db', 'lib/observe', 'lib/protocol'],
  ...[
    'next.config.js',
    'postcss.config.mjs',
    'proxy.ts',
    'instrumentation.ts',
    'instrumentation-client.ts',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ],
]

/** Not in Next's own folder: a build made by hand empties that. */
const BUILDS = '.subrosa/web'

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined)
  if (!entries) return existsSync(path) ? [path] : []
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** The environment that a build for a chain is made in: lib/config/buildTrust.mjs. */
const variablesFor = (chainId: number) => ({ ...process.env, SUBROSA_CHAIN_ID: String(chainId) })

async function hashSources(chainId: number): Promise<string> {
  const files = (await Promise.all(SOURCES.map((path) => filesUnder(join(ROOT, path))))).flat().sort()
  const hash = createHash('sha256').update(JSON.stringify(trustOfBuild(variablesFor(chainId))))
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

function runBuild(distDir: string, chainId: number, warden: Warden, output: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [NEXT, 'build'], {
      cwd: ROOT,
      env: {
        ...variablesFor(chainId),
        ...{ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', SUBROSA_DIST_DIR: distDir },
      },
      stdio: ['ignore', output, output],
      detached: true,
    })
    const { pid } = child
    if (pid !== undefined) warden.watch(pid, 'SIGTERM')
    child.once('error', reject)
    child.once('exit', (code) => {
      if (pid !== undefined) warden.forget(pid)
      resolve(code)
    })
  })
}

async function build(distDir: string, chainId: number, { dir, warden, log }: ServiceContext): Promise<void> {
  log('Building the web app (its sources changed) ...')
  mkdirSync(join(dir, 'logs'), { recursive: true })
  const file = logFileOf(dir, 'web-build')
  const output = openSync(file, 'w')
  const code = await runBuild(distDir, chainId, warden, output)
  closeSync(output)
  if (code === 0) return
  const end = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-25).join('\n')
  throw new Error(`Building the web app failed:\n${end}`)
}

const stampOf = (build: string) => join(build, 'subrosa-complete')
const usersOf = (build: string) => join(build, 'subrosa-users')

async function isInUse(build: string): Promise<boolean> {
  const files = await readdir(usersOf(build)).catch(() => [])
  const users = await Promise.all(files.map((file) => readPidFile(join(usersOf(build), file))))
  return users.some((user) => user !== undefined)
}

/** Builds other than `current` that no living stack serves. */
export async function findUnusedBuilds(folder: string, current: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name !== current)
  const used = await Promise.all(names.map((name) => isInUse(join(folder, name))))
  return names.filter((_name, index) => !used[index]).map((name) => join(folder, name))
}

/**
 * Builds the web app for a chain, unless a build of these very sources is there. One build serves every stack: contracts,
 * nodes, database and, on the local chain, the simulator's root come from the environment when it runs.
 *
 * Each build has a folder of its own, which this process holds for as long as it lives: a server goes on serving its
 * build while newer sources are built beside it. Builds that nobody holds are deleted.
 *
 * @returns The build's folder, from the project's root.
 */
export async function buildWeb(context: ServiceContext, chainId: number): Promise<string> {
  const release = await waitForLock(join(ROOT, '.subrosa', 'web-build.lock'))
  try {
    const name = await hashSources(chainId)
    const folder = join(ROOT, BUILDS, name)
    const unused = await findUnusedBuilds(join(ROOT, BUILDS), name)
    if (!existsSync(stampOf(folder))) {
      await rm(folder, { recursive: true, force: true })
      await mkdir(folder, { recursive: true })
      // What the compiler remembers of another build saves it most of the work.
      const [cache] = unused.map((build) => join(build, 'cache')).filter((path) => existsSync(path))
      if (cache) await rename(cache, join(folder, 'cache'))
      await build(`${BUILDS}/${name}`, chainId, context)
      await writeFile(stampOf(folder), '')
    }
    await writePidFile(join(usersOf(folder), `${process.pid}.json`), process.pid)
    await Promise.all(unused.map((path) => rm(path, { recursive: true, force: true })))
    return `${BUILDS}/${name}`
  } finally {
    await release()
  }
}
