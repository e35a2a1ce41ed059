import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { EnclaveOptions } from './http/routes'
import { createEnclaveServers } from './http/server'

/** `keepersUrl`: of the door for keepers, where there is one. */
export type RunningEnclave = { url: string; keepersUrl: string | null; close: () => Promise<void> }

/** How long answers under way may take once the enclave is to stop. Nobody loses anything if they are cut off then. */
const LAST_ANSWERS_MS = 5_000

/**
 * Starts serving.
 *
 * @param options.port 0 takes any free port; the answer tells which.
 * @returns `close` stops it: takes no new requests, gives those under way a moment, and ends the workers.
 */
export async function startEnclave(options: EnclaveOptions & { host: string; port: number }): Promise<RunningEnclave> {
  const { host, pool, keepersDoor } = options
  const { server, keepers } = createEnclaveServers(options)
  const port = await listen(server, options.port, host)
  const keepersPort = keepers && keepersDoor ? await listen(keepers, keepersDoor.port, host) : null
  return {
    url: `http://${host}:${port}`,
    keepersUrl: keepersPort === null ? null : `https://${host}:${keepersPort}`,
    close: async () => {
      await Promise.all([server, ...(keepers ? [keepers] : [])].map(closeServer))
      await pool.close()
    },
  }
}

async function listen(server: Server | TlsServer, port: number, host: string): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function closeServer(server: Server | TlsServer): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const cutOff = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS)
  await closed
  clearTimeout(cutOff)
}
