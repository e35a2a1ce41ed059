import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { EnclaveOptions } from './http/routes'
import { createEnclaveServer } from './http/server'

export type RunningEnclave = { url: string; close: () => Promise<void> }

/** How long answers under way may take once the enclave is to stop. Nobody loses anything if they are cut off then. */
const LAST_ANSWERS_MS = 5_000

/**
 * Starts serving.
 *
 * @param options.port 0 takes any free port; the answer tells which.
 * @returns `close` stops it: takes no new requests, gives those under way a moment, and ends the workers.
 */
export async function startEnclave(options: EnclaveOptions & { host: string; port: number }): Promise<RunningEnclave> {
  const server = createEnclaveServer(options)
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host}:${port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const cutOff = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS)
      await closed
      clearTimeout(cutOff)
      await options.pool.close()
    },
  }
}
