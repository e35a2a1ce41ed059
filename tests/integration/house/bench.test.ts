import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subrosa-bench-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const line = (bench: string) => JSON.stringify({ bench, case: 'a case', value: 2, unit: 'ms', baseline: 4, ratio: 2 })
const bench = (name: string, program: string) => writeFileSync(join(folder, `${name}.bench.ts`), program)
const sound = (name: string) => `console.log('${line(name)}')\n`

/** The runner that `npm run bench` starts, over the benches of this test. */
async function run(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/bench/run.ts', '--folder', folder, ...args])
  const [out, said] = [[] as Buffer[], [] as Buffer[]]
  child.stdout.on('data', (part: Buffer) => out.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  const [code] = (await once(child, 'close')) as [number | null]
  const lines = Buffer.concat(out).toString().trim().split('\n')
  const figures = lines.flatMap((text) => (text === '' ? [] : [JSON.parse(text) as { bench: string }]))
  return { code, figures, said: Buffer.concat(said).toString() }
}

test('benches run one after the other, and their figures are printed and written', async () => {
  bench('second', sound('second'))
  bench('first', sound('first'))
  const file = join(folder, 'figures.jsonl')
  const { code, figures } = await run('--json-out', file)
  expect(code).toBe(0)
  expect(figures.map((figure) => figure.bench)).toEqual(['first', 'second'])
  expect(figures[0]).toMatchObject({ value: 2, ratio: 2, node: process.version })
  const written = readFileSync(file, 'utf8').trim().split('\n')
  expect(written.map((text) => JSON.parse(text) as object)).toEqual(figures)
})

test('those that are named run, and a name that is none is refused', async () => {
  bench('first', sound('first'))
  bench('second', sound('second'))
  expect((await run('second')).figures.map((figure) => figure.bench)).toEqual(['second'])
  expect(await run('third')).toMatchObject({
    code: 2,
    figures: [],
    said: expect.stringContaining('first, second') as string,
  })
})

test('a bench that says anything else, measures nothing, or fails is named; the others’ figures stay', async () => {
  bench('chatty', `${sound('chatty')}console.log('done')\n`)
  bench('failing', `${sound('failing')}process.exitCode = 3\n`)
  bench('silent', '')
  bench('sound', sound('sound'))
  const { code, figures, said } = await run()
  expect(code).toBe(1)
  expect(said).toContain('chatty: not a figure: done')
  expect(said).toContain('failing: ended with 3')
  expect(said).toContain('silent: measured nothing')
  expect(said).toContain('Failed: chatty, failing, silent\n')
  expect(figures.map((figure) => figure.bench)).toEqual(['chatty', 'failing', 'sound'])
})
