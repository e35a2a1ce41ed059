import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitForLock } from './fileLock'
import type { Warden } from './processes'
import { answers, logFileOf, startService, type Service, type ServiceContext } from './service'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NEXT = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')
const STAMP = join(ROOT, '.next', 'subrosa-sources')

/** What ends up in a build: folders with everything under them, and files. */
const SOURCES = [
  ...['app', 'public', 'lib/abi', 'lib/chain', 'lib/config', 'lib/db', 'lib/observe', 'lib/protocol'],
  ...['next.config.js', 'postcss.config.mjs', 'proxy.ts', 'package-lock.json', 'tsconfig.json'],
]

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined)
  if (!entries) return existsSync(path) ? [path] : []
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

async function hashSources(): Promise<string> {
  const files = (await Promise.all(SOURCES.map((path) => filesUnder(join(ROOT, path))))).flat().sort()
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update('\0')
  return hash.digest('hex')
}

function runBuild(warden: Warden, output: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
    const child = spawn(process.execPath, [NEXT, 'build'], {
      cwd: ROOT,
      env,
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

/**
 * Builds the web app, unless what is built was built from these very sources. One build serves any chain and database:
 * they come from the environment when it runs.
 */
export async function buildWeb({ dir, warden, log }: ServiceContext): Promise<void> {
  const release = await waitForLock(join(ROOT, '.subrosa', 'web-build.lock'))
  try {
    const sources = await hashSources()
    if ((await readFile(STAMP, 'utf8').catch(() => '')) === sources) return
    log('Building the web app (its sources changed) ...')
    mkdirSync(join(dir, 'logs'), { recursive: true })
    const file = logFileOf(dir, 'web-build')
    const output = openSync(file, 'w')
    const code = await runBuild(warden, output)
    closeSync(output)
    if (code !== 0) {
      const end = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-25).join('\n')
      throw new Error(`Building the web app failed:\n${end}`)
    }
    await writeFile(STAMP, sources)
  } finally {
    await release()
  }
}

/** Serves the built web app. */
export function startWeb(
  context: ServiceContext,
  port: number,
  host: string,
  env: Record<string, string>,
): Promise<Service> {
  return startService(
    {
      name: 'web',
      command: process.execPath,
      args: [NEXT, 'start', '--port', String(port), '--hostname', host],
      cwd: ROOT,
      env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      check: answers(`http://127.0.0.1:${port}/`),
    },
    context,
  )
}
