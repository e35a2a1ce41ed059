import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning, recordOf, stopProcess, writePidFile, type Warden } from './processes'

const LARGEST_LOG = 10_000_000
const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
/** For a part that hangs, and no measurement: one that ends is noticed at once, and a busy machine takes its time. */
const PATIENCE_MS = 240_000
/** A child that lived this long starts again at once: its crash is news, not a loop. */
const STEADY_MS = 30_000

export type ServiceSpec = {
  /** Name in messages, and of the log and pid files. */
  name: string
  command: string
  args: string[]
  env?: Record<string, string>
  cwd?: string
  uid?: number | undefined
  gid?: number | undefined
  /** What asks it to end in order. */
  stopSignal?: NodeJS.Signals
  /** Whether it does its work: asked until it says true. */
  check: () => Promise<boolean>
  /** Done after every start, before others may rely on it. */
  afterStart?: () => Promise<void>
}

export type ServiceContext = {
  /** The stack's folder: logs/<name>.log and pids/<name>.json go there. */
  dir: string
  warden: Warden
  log: (line: string) => void
}

export type Service = {
  name: string
  /** The process that runs now; undefined between a crash and the next start. */
  pid: () => number | undefined
  stop: () => Promise<void>
}

/** A part of the stack did not come up. The message ends with the last lines of its log. */
export class ServiceFailed extends Error {
  override name = 'ServiceFailed'
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export const pidFileOf = (dir: string, name: string) => join(dir, 'pids', `${name}.json`)
export const logFileOf = (dir: string, name: string) => join(dir, 'logs', `${name}.log`)

function openLog(dir: string, name: string): number {
  const file = logFileOf(dir, name)
  mkdirSync(join(dir, 'logs'), { recursive: true })
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(file, `${file}.1`)
  return openSync(file, 'a')
}

async function lastLines(dir: string, name: string): Promise<string> {
  const text = await readFile(logFileOf(dir, name), 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-12).join('\n')
}

async function passes(check: () => Promise<boolean>): Promise<boolean> {
  try {
    return await check()
  } catch {
    return false
  }
}

/**
 * Starts a child process, waits until it works, and from then on starts it again whenever it ends by itself.
 *
 * The child leads its own process group, so that a Ctrl-C in the terminal reaches only the stack, which then stops its
 * parts in order.
 *
 * @throws ServiceFailed if it ends or stays silent before it first works.
 */
export async function startService(spec: ServiceSpec, context: ServiceContext): Promise<Service> {
  const { dir, warden, log } = context
  let child: ChildProcess | undefined
  let startedAt = 0
  let delay = FIRST_DELAY_MS
  let stopping = false
  const runs = () => child !== undefined
  const stops = () => stopping

  function launch(): void {
    const output = openLog(dir, spec.name)
    const started = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: { ...process.env, ...spec.env },
      stdio: ['ignore', output, output],
      detached: true,
      ...(spec.uid === undefined ? {} : { uid: spec.uid, gid: spec.gid }),
    })
    closeSync(output)
    child = started
    startedAt = Date.now()
    const { pid } = started
    if (pid !== undefined) {
      warden.watch(pid, spec.stopSignal ?? 'SIGTERM')
      void writePidFile(pidFileOf(dir, spec.name), pid)
    }
    const ended = () => {
      if (pid !== undefined) warden.forget(pid)
      if (child === started) child = undefined
    }
    started.once('exit', ended)
    started.once('error', ended)
  }

  /** Resolves once the child works; false if it ended first or time ran out. */
  async function works(): Promise<boolean> {
    const deadline = Date.now() + PATIENCE_MS
    while (runs() && !stops() && Date.now() < deadline) {
      if (await passes(spec.check)) {
        await spec.afterStart?.()
        return runs()
      }
      await sleep(100)
    }
    return false
  }

  async function end(): Promise<void> {
    const record = child?.pid === undefined ? undefined : recordOf(child.pid)
    if (record && isRunning(record)) await stopProcess(record, spec.stopSignal ?? 'SIGTERM')
  }

  async function supervise(): Promise<void> {
    while (!stops()) {
      await sleep(200)
      if (runs() || stops()) continue
      if (Date.now() - startedAt > STEADY_MS) delay = FIRST_DELAY_MS
      log(
        `${spec.name} stopped unexpectedly (see ${logFileOf(dir, spec.name)}); starting it again in ${delay / 1000} s`,
      )
      await sleep(delay)
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
      if (stops()) return
      launch()
      if (await works()) log(`${spec.name} is back`)
      else await end()
    }
  }

  launch()
  if (!(await works())) {
    const silent = runs()
    stopping = true
    await end()
    throw new ServiceFailed(
      `${spec.name} ${silent ? 'did not become ready in time' : 'stopped while starting'}. The end of its log:\n${await lastLines(dir, spec.name)}`,
    )
  }
  const supervision = supervise()

  return {
    name: spec.name,
    pid: () => child?.pid,
    stop: async () => {
      stopping = true
      await end()
      await supervision
      await end()
    },
  }
}

/** A check that an HTTP GET answers 2xx. */
export function answers(url: string): () => Promise<boolean> {
  return async () => (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok
}
