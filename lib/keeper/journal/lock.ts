import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { lstatSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Another process keeps this journal. */
export class JournalHeld extends Error {
  override name = 'JournalHeld'
  constructor(file: string) {
    super(`another keeper works with ${file}; each needs a key and a state file of its own`)
  }
}

export type JournalLock = {
  /** @throws JournalHeld where another process took the lock since. */
  check: () => void
  release: () => Promise<void>
}

/** The longest path that every system takes for a socket. */
const LONGEST_SOCKET_PATH = 100

/**
 * Takes a lock that ends with this process, however it ends: a socket beside the file, on which nobody answers once
 * its owner is gone. Process ids would not do: containers that share a folder do not share those.
 *
 * @throws JournalHeld
 */
export async function lockJournal(file: string): Promise<JournalLock> {
  const path = socketPathOf(file)
  const server = createServer((socket) => socket.destroy())
  server.unref()
  const listens = () =>
    new Promise<boolean>((done, fail) => {
      server.once('listening', () => done(true))
      server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(false) : fail(error)))
      server.listen(path)
    })
  if (!(await listens())) {
    if (await isAnswered(path)) throw new JournalHeld(file)
    await rm(path, { force: true })
    server.removeAllListeners()
    if (!(await listens())) throw new JournalHeld(file)
  }
  const own = inodeOf(path)
  return {
    // Two that start at the same moment can both find a dead socket, and the second take the first one's away.
    check: () => {
      if (own === undefined || inodeOf(path) !== own) throw new JournalHeld(file)
    },
    async release() {
      // Node removes the path with the server; by then it must still be this one's.
      if (inodeOf(path) !== own) return
      server.close()
      await once(server, 'close')
    },
  }
}

function socketPathOf(file: string): string {
  const beside = `${resolve(file)}.lock`
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_PATH) return beside
  return join(tmpdir(), `subrosa-${createHash('sha256').update(beside).digest('hex').slice(0, 32)}.lock`)
}

function inodeOf(path: string): bigint | undefined {
  return lstatSync(path, { throwIfNoEntry: false, bigint: true })?.ino
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
}
