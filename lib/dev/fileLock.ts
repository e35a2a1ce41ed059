import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { readPidFile, recordOf } from './processes'

/**
 * Takes a lock that other processes on this machine respect. A lock whose holder died counts for nothing.
 *
 * Every holder has a turn of its own, a file `<file>.<number>` with its process, and the last turn is the lock. A turn is
 * linked into place, so that it is whole as soon as it is there; two who find the last holder dead want the same next
 * number, and one of them gets it. The last turn is never removed, only emptied, so that numbers never begin anew.
 *
 * @returns What gives it back, or undefined while somebody else holds it.
 */
export async function takeLock(file: string): Promise<(() => Promise<void>) | undefined> {
  await mkdir(dirname(file), { recursive: true })
  const last = (await readTurns(file)).at(-1) ?? 0
  if (await readPidFile(turnOf(file, last))) return undefined
  const turn = last + 1
  if (!(await linkTurn(turnOf(file, turn)))) return undefined
  const turns = await readTurns(file)
  // Others had this turn and later ones since we looked, and somebody cleared it away.
  const late = turns.at(-1) !== turn
  const old = late ? [turn] : turns.filter((each) => each < turn)
  await Promise.all(old.map((each) => rm(turnOf(file, each), { force: true })))
  return late ? undefined : () => giveBack(turnOf(file, turn))
}

/** As `takeLock`, but waits for its turn. @param onWait Called once, where there is something to wait for. */
export async function waitForLock(file: string, onWait: () => void = () => undefined): Promise<() => Promise<void>> {
  for (let attempt = 0; ; attempt++) {
    const release = await takeLock(file)
    if (release) return release
    if (attempt === 0) onWait()
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const turnOf = (file: string, turn: number) => `${file}.${turn}`

/** Where the whole folder was removed in the meantime, there is nothing to give back. */
async function giveBack(path: string): Promise<void> {
  try {
    await truncate(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** In order. */
async function readTurns(file: string): Promise<number[]> {
  const prefix = `${basename(file)}.`
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(prefix))
  const turns = names.map((name) => name.slice(prefix.length)).filter((text) => /^[1-9]\d{0,14}$/.test(text))
  return turns.map(Number).sort((a, b) => a - b)
}

/** @returns Whether the turn is ours: false where somebody was quicker. */
async function linkTurn(path: string): Promise<boolean> {
  const whole = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  await writeFile(whole, JSON.stringify(recordOf(process.pid)))
  try {
    await link(whole, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    await rm(whole, { force: true })
  }
}
