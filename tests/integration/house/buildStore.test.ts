import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeBuild } from '../../../lib/dev/buildStore'
import { isRunning, recordOf } from '../../../lib/dev/processes'
import { makeScratch } from './scratch'

const root = join(import.meta.dirname, '..', '..', '..')

let dir = ''
let store = ''
let children: ChildProcess[] = []
beforeEach(async () => {
  dir = await makeScratch('builds')
  store = join(dir, 'web')
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(dir, { recursive: true, force: true })
})

/** Another process that wants a build; `program` sees `takeBuild`, the store, and a folder for notes. */
function run(program: string): ChildProcess {
  const whole = `
import { spawn } from 'node:child_process'
import { appendFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { takeBuild } from '${root}/lib/dev/buildStore.ts'
const store = '${store}'
const note = (name, text = '') => appendFile(join('${dir}', name), text + '\\n')
const notes = async (start) => (await readdir('${dir}')).filter((name) => name.startsWith(start)).length
const untilNoted = async (start, count) => {
  while ((await notes(start)) < count) await new Promise((resolve) => setTimeout(resolve, 20))
}
${program}`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', whole], {
    ...{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'] },
  })
  children.push(child)
  return child
}

const nothing = () => undefined
const folderOf = (name: string) => join(store, name)
const contentOf = (name: string) => readFile(join(folderOf(name), 'page.js'), 'utf8')
/** A build that says what it was made of. */
const writing = (text: string) => async (name: string) => {
  await writeFile(join(folderOf(name), 'page.js'), text)
  await appendFile(join(dir, 'made'), `${text}\n`)
}

it('of several processes that want a build at once, one makes it and the others wait for it', async () => {
  const wanting = [1, 2, 3].map(() =>
    run(`
const name = await takeBuild(store, {
  nameOf: async () => 'one',
  // Not before the others wait: all three do want it at once.
  make: async (name) => {
    await note('made')
    await untilNoted('waits-', 2)
    await writeFile(join(store, name, 'page.js'), 'whole')
  },
  onWait: () => void note('waits-' + process.pid),
})
console.log(name)`),
  )
  const outputs = await Promise.all(
    wanting.map(async (child) => {
      const [line] = (await once(child.stdout!, 'data')) as [Buffer]
      return line.toString()
    }),
  )
  expect(outputs).toEqual(['one\n', 'one\n', 'one\n'])
  expect(await readFile(join(dir, 'made'), 'utf8')).toBe('\n')
  expect(await contentOf('one')).toBe('whole')
})

it('a build whose maker was killed is made anew, after what still wrote to it was ended', async () => {
  const writer = `
const fs = require('node:fs')
setInterval(() => fs.writeFileSync('${join(store, 'one', 'half.js')}', 'half'), 5)`
  const killed = run(`
await takeBuild(store, {
  nameOf: async () => 'one',
  make: async (name, ran) => {
    const child = spawn(process.execPath, ['--eval', ${JSON.stringify(writer)}], { stdio: 'ignore', detached: true })
    await ran(child.pid)
    console.log(child.pid)
    await new Promise(() => setInterval(() => {}, 1000))
  },
  onWait: () => {},
})`)
  const [line] = (await once(killed.stdout!, 'data')) as [Buffer]
  const orphan = recordOf(Number(line.toString()))!
  try {
    const ended = once(killed, 'exit')
    killed.kill('SIGKILL')
    await ended
    expect(isRunning(orphan)).toBe(true)

    const maker = { nameOf: () => Promise.resolve('one'), make: writing('whole'), onWait: nothing }
    expect(await takeBuild(store, maker)).toBe('one')
    expect(isRunning(orphan)).toBe(false)
    expect(await contentOf('one')).toBe('whole')
    expect(await readdir(folderOf('one'))).not.toContain('half.js')
  } finally {
    if (isRunning(orphan)) process.kill(orphan.pid, 'SIGKILL')
  }
})

it('a build that is there is taken as it is, and one of other sources is made beside it', async () => {
  const take = (name: string) =>
    takeBuild(store, { nameOf: () => Promise.resolve(name), make: writing(name), onWait: nothing })
  for (const name of ['one', 'one', 'two', 'two']) expect(await take(name)).toBe(name)
  expect(await readFile(join(dir, 'made'), 'utf8')).toBe('one\ntwo\n')
  // This process holds both.
  expect((await readdir(store)).sort()).toEqual(['one', 'two'])

  const users = join(folderOf('one'), 'subrosa-users')
  await writeFile(join(users, 'dead.json'), JSON.stringify({ pid: process.pid, started: 'long ago' }))
  await take('one')
  expect(await readdir(users)).toEqual([`${process.pid}.json`])
})

it('a build that failed is made again, with what its compiler remembered', async () => {
  const fail = async (name: string) => {
    await mkdir(join(folderOf(name), 'cache'))
    await writeFile(join(folderOf(name), 'cache', 'known'), 'by heart')
    throw new Error('no such module')
  }
  const nameOf = () => Promise.resolve('one')
  await expect(takeBuild(store, { nameOf, make: fail, onWait: nothing })).rejects.toThrow('no such module')
  expect(await takeBuild(store, { nameOf: () => Promise.resolve('two'), make: writing('two'), onWait: nothing })).toBe(
    'two',
  )
  expect(await readFile(join(folderOf('two'), 'cache', 'known'), 'utf8')).toBe('by heart')
  expect(await readdir(store)).toEqual(['two'])
})

it('a build whose sources changed while it was made does not count', async () => {
  const sources = ['old', 'new', 'new']
  const nameOf = () => Promise.resolve(sources[0]!)
  const make = async (name: string) => {
    await writing(name)(name)
    sources.shift()
  }
  expect(await takeBuild(store, { nameOf, make, onWait: nothing })).toBe('new')
  expect(await readFile(join(dir, 'made'), 'utf8')).toBe('old\nnew\n')
  expect(await readdir(store)).toEqual(['new'])

  let edits = 0
  const restless = { nameOf: () => Promise.resolve(`edit-${edits}`), make: () => Promise.resolve(void edits++) }
  await expect(takeBuild(store, { ...restless, onWait: nothing })).rejects.toThrow('changed while they were built')
  expect(edits).toBe(3)
})
