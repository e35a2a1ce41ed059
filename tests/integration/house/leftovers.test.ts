import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort, releasePort } from '../../../lib/dev/ports'
import { isRunning, readPidFile, recordOf, stopLeftover, stopProcess, writePidFile } from '../../../lib/dev/processes'
import { startAnvil } from '../../../lib/dev/anvil'
import { startPostgres } from '../../../lib/dev/postgres'
import { pidFileOf, type ServiceContext } from '../../../lib/dev/service'
import { makeScratch } from './scratch'

const root = join(import.meta.dirname, '..', '..', '..')

let dir = ''
beforeEach(async () => {
  dir = await makeScratch('leftovers')
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** A stack's context without a warden, as after one was killed along with its stack. */
function unwatched(lines: string[]): ServiceContext {
  const nothing = () => undefined
  return { dir, log: (line) => void lines.push(line), warden: { watch: nothing, forget: nothing, release: nothing } }
}

/** Starts a chain and a database in a process that is then killed, with no warden to clean up. Returns their ids. */
async function startAndDie(): Promise<number[]> {
  const program = `
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startAnvil } from '${root}/lib/dev/anvil.ts'
import { startPostgres } from '${root}/lib/dev/postgres.ts'
import { freePort } from '${root}/lib/dev/ports.ts'
const nothing = () => undefined
const context = { dir: '${dir}', log: nothing, warden: { watch: nothing, forget: nothing, release: nothing } }
const chain = await startAnvil(context, await freePort(23000))
const database = await startPostgres(context, await freePort(24000))
// The chain has been written down once.
while (!existsSync('${join(dir, 'chain', 'state.json')}')) await sleep(50)
console.log(JSON.stringify([chain.service.pid(), database.service.pid()]))
setInterval(() => undefined, 1000)`
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] }
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], options)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  child.kill('SIGKILL')
  return JSON.parse(line.toString()) as number[]
}

describe('processes that an earlier run left behind', () => {
  it('are told apart from others with the same number', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const pid = child.pid!
    const file = join(dir, 'pid.json')
    await writePidFile(file, pid)
    expect(await readPidFile(file)).toEqual(recordOf(pid))
    const other = { pid, started: 'another time' }
    expect(isRunning(other)).toBe(false)

    await writeFile(file, JSON.stringify(other))
    expect(await stopLeftover(file, 'SIGTERM')).toBe(false)
    expect(child.exitCode ?? child.signalCode).toBeNull()

    await writePidFile(file, pid)
    expect(await stopLeftover(file, 'SIGTERM')).toBe(true)
    expect(recordOf(pid)).toBeUndefined()
  })

  it('are killed where they do not listen', async () => {
    const child = spawn(process.execPath, [
      '-e',
      "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)",
    ])
    await once(child.stdout, 'data')
    const file = join(dir, 'pid.json')
    await writePidFile(file, child.pid!)
    const ended = once(child, 'exit')
    await stopProcess(recordOf(child.pid!)!, 'SIGTERM', 300)
    expect(await ended).toEqual([null, 'SIGKILL'])
  })

  it('do not keep the chain and the database from starting on their data', async () => {
    const oldPids = await startAndDie()
    for (const pid of oldPids) expect(recordOf(pid)).toBeDefined()
    // The pid file of the database may be lost as well: its own, in the data folder, is enough.
    await rm(pidFileOf(dir, 'postgres'))

    const lines: string[] = []
    const context = unwatched(lines)
    const ports = [await freePort(21_000), await freePort(22_000)] as const
    const chain = await startAnvil(context, ports[0])
    const database = await startPostgres(context, ports[1])
    try {
      expect(chain.continued).toBe(true)
      expect(lines).toContain('Stopped a chain that an earlier run left behind')
      expect(lines).toContain('Stopped a database that an earlier run left behind')
      for (const pid of oldPids) expect(recordOf(pid)).toBeUndefined()
    } finally {
      await Promise.all([chain.service.stop(), database.service.stop()])
      ports.forEach(releasePort)
    }
  })
})
