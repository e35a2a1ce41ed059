import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A process that can be told from a later one with the same id, by when it started. */
const processRecord = z.object({ pid: z.number().int().positive(), started: z.string().min(1) })
export type ProcessRecord = z.output<typeof processRecord>

/** When a process started, in whatever unit the system counts; undefined where there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // Field 22, counted after the name, which is in brackets and may hold anything. A zombie (Z) has already ended.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      return fields[0] === 'Z' ? undefined : fields[19]
    }
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return started === '' ? undefined : started
  } catch {
    return undefined
  }
}

export function recordOf(pid: number): ProcessRecord | undefined {
  const started = startOf(pid)
  return started === undefined ? undefined : { pid, started }
}

/** Whether this very process, not another with its number, still runs. */
export function isRunning(record: ProcessRecord): boolean {
  return startOf(record.pid) === record.started
}

export async function writePidFile(file: string, pid: number): Promise<void> {
  const record = recordOf(pid)
  if (!record) return
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(record))
}

/** The process that a pid file names, if it is still the same one. */
export async function readPidFile(file: string): Promise<ProcessRecord | undefined> {
  try {
    const record = processRecord.parse(JSON.parse(await readFile(file, 'utf8')))
    return isRunning(record) ? record : undefined
  } catch {
    return undefined
  }
}

function signal(target: number, name: NodeJS.Signals): void {
  try {
    process.kill(target, name)
  } catch {
    // Gone already: what was wanted.
  }
}

/** Asks a process to end, waits, and then makes it. */
export async function stopProcess(record: ProcessRecord, soft: NodeJS.Signals, graceMs = 8_000): Promise<void> {
  if (isRunning(record)) signal(record.pid, soft)
  const deadline = Date.now() + graceMs
  while (isRunning(record)) {
    if (Date.now() > deadline) {
      signal(-record.pid, 'SIGKILL')
      signal(record.pid, 'SIGKILL')
    }
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}

/** Stops what a stack that died left behind, as its pid file tells. Returns whether there was anything. */
export async function stopLeftover(file: string, soft: NodeJS.Signals): Promise<boolean> {
  const record = await readPidFile(file)
  if (record) await stopProcess(record, soft)
  await rm(file, { force: true })
  return record !== undefined
}

/** Keeps children from outliving this process: see warden.mjs. */
export type Warden = {
  watch: (pid: number, soft: NodeJS.Signals) => void
  forget: (pid: number) => void
  release: () => void
}

export function startWarden(): Warden {
  const script = join(dirname(fileURLToPath(import.meta.url)), 'warden.mjs')
  const child: ChildProcess = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.unref()
  // A warden that was killed is no reason for the stack to fall.
  child.on('error', () => undefined)
  child.stdin?.on('error', () => undefined)
  const tell = (line: string) => void child.stdin?.write(`${line}\n`)
  return {
    watch: (pid, soft) => tell(`+${pid} ${soft}`),
    forget: (pid) => tell(`-${pid}`),
    release: () => void child.stdin?.end(),
  }
}
