import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPublicClient, http } from 'viem'
import { randomBasePort } from '../../../lib/dev/ports'
import { readRunningStack, type StackFile } from '../../../lib/dev/stackFile'
import { makeScratch } from './scratch'

const root = join(import.meta.dirname, '..', '..', '..')
const base = randomBasePort()
/** Seconds after which something is said not to happen at all. Not a measurement: a busy machine takes its time. */
const PATIENCE = 150
let dir = ''

beforeAll(async () => {
  dir = await makeScratch('stack')
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** `npm start` as its own process, so that it can be killed like one; its ports come from the test's range. */
function start(...flags: string[]): { child: ChildProcess; output: () => string } {
  const args = [
    '--import',
    'tsx',
    join(root, 'lib/dev/start.ts'),
    '--no-web',
    '--no-seed',
    '--dir',
    dir,
    '--base-port',
    String(base),
  ]
  const child = spawn(process.execPath, [...args, ...flags], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, output: () => text }
}

async function until<T>(what: string, seconds: number, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`${what} did not happen in ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function untilUp(run: { child: ChildProcess; output: () => string }): Promise<StackFile> {
  return until('the stack', PATIENCE, async () => {
    if (run.child.exitCode !== null) throw new Error(`the stack ended:\n${run.output()}`)
    return run.output().includes('Subrosa is ready') ? readRunningStack(dir) : undefined
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

const genesisOf = async (rpc: string) =>
  (await createPublicClient({ transport: http(rpc) }).getBlock({ blockNumber: 0n })).hash

describe('the local stack', { timeout: 480_000 }, () => {
  let first: StackFile
  let genesis = ''

  it('comes up whole, tells where it is, and starts once', async () => {
    const run = start()
    first = await untilUp(run)
    genesis = await genesisOf(first.urls.rpc)
    for (const name of ['enclave', 'keeper', 'indexer'] as const) {
      expect((await fetch(`${first.urls[name]}/health`)).status, name).toBe(200)
    }
    await until('readiness', PATIENCE, async () => (await fetch(`${first.urls.indexer}/ready`)).ok || undefined)
    expect((await stat(join(dir, 'stack.json'))).mode & 0o077).toBe(0)

    const second = start()
    await once(second.child, 'exit')
    expect(second.child.exitCode).toBe(0)
    expect(second.output()).toContain(`already runs here: open ${first.urls.rpc}`)

    const keeper = first.pids['keeper']!
    process.kill(keeper, 'SIGKILL')
    await until('the keeper', PATIENCE, () => run.output().includes('keeper is back') || undefined)
    expect((await fetch(`${first.urls.keeper}/health`)).status).toBe(200)
    expect(run.output()).toContain('keeper stopped unexpectedly')

    await stop(run.child, 'SIGINT')
    expect(run.output()).toContain('Stopped. Your data is kept.')
    for (const [name, pid] of Object.entries(first.pids)) expect(isAlive(pid), name).toBe(false)
    expect(await readRunningStack(dir)).toBeUndefined()
  })

  it('goes on where it stopped, and leaves no process behind even when it is killed', async () => {
    const run = start()
    const again = await untilUp(run)
    expect(await genesisOf(again.urls.rpc)).toBe(genesis)
    expect(run.output()).toContain('Contracts  as before')
    await stop(run.child, 'SIGKILL')
    await until('the end of every part', PATIENCE, () => !Object.values(again.pids).some(isAlive) || undefined)
  })

  it('finds other ports where its own are taken, and forgets everything on --reset', async () => {
    const squatter = createServer().listen(base, '127.0.0.1')
    await once(squatter, 'listening')
    const run = start('--reset')
    const fresh = await untilUp(run)
    expect(fresh.urls.rpc).not.toBe(`http://127.0.0.1:${base}`)
    expect(run.output()).toContain(`Port ${base} is taken`)
    expect(await genesisOf(fresh.urls.rpc)).not.toBe(genesis)
    expect(run.output()).toContain('Contracts  deployed')
    await stop(run.child, 'SIGTERM')
    squatter.close()
    for (const [name, pid] of Object.entries(fresh.pids)) expect(isAlive(pid), name).toBe(false)
  })

  it('keeps keys and passwords to its owner', async () => {
    for (const secret of ['enclave/seed', 'enclave/root', 'db-password']) {
      expect((await stat(join(dir, secret))).mode & 0o077, secret).toBe(0)
    }
    const password = await readFile(join(dir, 'db-password'), 'utf8')
    const seed = (await readFile(join(dir, 'enclave/seed'), 'utf8')).trim()
    for (const name of ['chain', 'postgres', 'enclave', 'keeper', 'indexer']) {
      const text = await readFile(join(dir, 'logs', `${name}.log`), 'utf8')
      expect(text, name).not.toContain(password)
      expect(text, name).not.toContain(seed)
    }
  })
})
