import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { completeLine } from './line'

const here = dirname(fileURLToPath(import.meta.url))
const ENDING = '.bench.ts'
const say = (text: string) => process.stderr.write(`${text}\n`)

/** Passes a bench's figures on. @returns Whether it ended well, and all it printed were figures. */
async function runBench(folder: string, name: string, lines: string[]): Promise<boolean> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(folder, name + ENDING)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit') as Promise<[number | null]>
  let figures = 0
  let isSound = true
  for await (const line of createInterface({ input: child.stdout })) {
    try {
      const figure = completeLine(line)
      figures += 1
      lines.push(figure)
      process.stdout.write(`${figure}\n`)
    } catch (error) {
      isSound = false
      say(`${name}: not a figure: ${line}\n${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const [code] = await exit
  if (code !== 0) say(`${name}: ended with ${code}`)
  if (figures === 0) say(`${name}: measured nothing`)
  return isSound && code === 0 && figures > 0
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'json-out': { type: 'string' }, folder: { type: 'string', default: here } },
  })
  const { folder } = values
  const all = readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort()
  const unknown = positionals.filter((name) => !all.includes(name))
  if (unknown.length > 0) {
    say(`No such bench: ${unknown.join(', ')}. There are ${all.join(', ')}.`)
    return 2
  }
  const lines: string[] = []
  const failed: string[] = []
  // One after the other: they would measure each other.
  for (const name of positionals.length > 0 ? positionals : all) {
    say(`[${name}]`)
    if (!(await runBench(folder, name, lines))) failed.push(name)
  }
  const file = values['json-out']
  if (file !== undefined) writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  if (failed.length > 0) say(`Failed: ${failed.join(', ')}`)
  return failed.length > 0 ? 1 : 0
}

process.exitCode = await main()
