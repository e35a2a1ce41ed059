import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createEnclaveServer, type EnclaveOptions } from './http/server'

export type RunningEnclave = { url: string; close: () => Promise<void> }

/**
 * Starts serving.
 *
 * @param options.port 0 takes any free port; the answer tells which.
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
      // A settlement under way may take seconds; nobody loses anything if it is cut off after that.
      const cutOff = setTimeout(() => server.closeAllConnections(), 5_000)
      await closed
      clearTimeout(cutOff)
    },
  }
}
