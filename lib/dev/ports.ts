import { createServer } from 'node:net'

/** Whether nothing listens on the port, on any interface: a server on 0.0.0.0 would take the same connections. */
async function isFree(port: number): Promise<boolean> {
  const tryHost = (host: string) =>
    new Promise<boolean>((resolve) => {
      const server = createServer()
      server.once('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL'),
      )
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
    })
  return (await tryHost('127.0.0.1')) && (await tryHost('::')) && (await tryHost('0.0.0.0'))
}

/** Ports handed out by this process and perhaps not listened on yet. */
const handedOut = new Set<number>()

/**
 * The first free port from `preferred` on.
 *
 * @throws Error after 200 taken ports in a row.
 */
export async function freePort(preferred: number): Promise<number> {
  for (let port = preferred; port < preferred + 200 && port <= 65535; port++) {
    if (handedOut.has(port) || !(await isFree(port))) continue
    handedOut.add(port)
    return port
  }
  throw new Error(`No free port between ${preferred} and ${preferred + 199}.`)
}

/** The port may be handed out again. */
export function releasePort(port: number): void {
  handedOut.delete(port)
}

/** Where to start looking, so that two test runs on one machine rarely meet; below the range of outgoing connections. */
export function randomBasePort(): number {
  return 20_000 + Math.floor(Math.random() * 12_000)
}
