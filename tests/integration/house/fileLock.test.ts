import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeLock, waitForLock } from '../../../lib/dev/fileLock'
import { makeScratch } from './scratch'

const root = join(import.meta.dirname, '..', '..', '..')

let dir = ''
let file = ''
beforeEach(async () => {
  dir = await makeScratch('lock')
  file = join(dir, 'lock')
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** A process of its own that may use `takeLock`. */
function run(program: string) {
  const whole = `import { takeLock } from '${root}/lib/dev/fileLock.ts'\n${program}`
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] }
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', whole], options)
}

it('a lock is held by one, and by the next once it is given back', async () => {
  const release = await takeLock(file)
  expect(release).toBeDefined()
  expect(await takeLock(file)).toBeUndefined()
  await release!()
  const again = await takeLock(file)
  expect(again).toBeDefined()
  await again!()
})

it('a lock is held by nobody once its holder was killed', async () => {
  const child = run(`console.log(await takeLock('${file}') ? 'taken' : 'refused'); setInterval(() => {}, 1000)`)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  expect(line.toString()).toBe('taken\n')
  expect(await takeLock(file)).toBeUndefined()
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  expect(await takeLock(file)).toBeDefined()
})

/**
 * Takes the lock a hundred times. What it does with it fails where another holds the lock as well; every other time it
 * leaves the lock as one who is killed does, with the record of a process that is no more.
 */
const CONTENDER = (lockFile: string, alone: string) => `
import { mkdir, readFile, readdir, rename, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
const dir = dirname('${lockFile}')
async function die() {
  for (const name of await readdir(dir)) {
    const path = join(dir, name)
    const text = await readFile(path, 'utf8').catch(() => '')
    if (!text.startsWith('{"pid":' + process.pid + ',')) continue
    await writeFile(path + '-dead', JSON.stringify({ pid: process.pid, started: 'long ago' }))
    await rename(path + '-dead', path)
  }
}
let broken = 0
for (let held = 0; held < 100; ) {
  const release = await takeLock('${lockFile}')
  if (!release) continue
  held++
  const first = await mkdir('${alone}').then(() => true, () => false)
  if (first) await rmdir('${alone}').catch(() => broken++)
  else broken++
  await (held % 2 ? die() : release())
}
console.log(broken)`

it('a lock is held by one of several processes, however often they want it and are killed', async () => {
  const scratch = join(dir, 'lock-folder')
  const contenders = Array.from({ length: 4 }, () => run(CONTENDER(join(scratch, 'lock'), join(dir, 'alone'))))
  const outputs = contenders.map(async (child) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    await once(child, 'close')
    return text
  })
  try {
    expect(await Promise.all(outputs)).toEqual(['0\n', '0\n', '0\n', '0\n'])
    expect((await readdir(scratch)).length, 'files left').toBeLessThan(4)
  } finally {
    for (const child of contenders) child.kill('SIGKILL')
  }
})

it('a lock is waited for, which is said once', async () => {
  const giveBack = (await takeLock(file))!
  const order: string[] = []
  const release = await new Promise<() => Promise<void>>((resolve, reject) => {
    const onWait = () => {
      order.push('waits', 'given back')
      giveBack().catch(reject)
    }
    waitForLock(file, onWait).then(resolve, reject)
  })
  order.push('had')
  await release()
  const again = await waitForLock(file, () => order.push('waits again'))
  await again()
  expect(order).toEqual(['waits', 'given back', 'had'])
})

it('a lock in a folder that was removed is given back without a word', async () => {
  const release = (await takeLock(join(dir, 'gone', 'lock')))!
  await rm(join(dir, 'gone'), { recursive: true })
  await expect(release()).resolves.toBeUndefined()
})
