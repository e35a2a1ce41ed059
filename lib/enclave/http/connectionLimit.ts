import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How many connections may be open, in all and from one address. */
export type ConnectionCaps = { inAll: number; perAddress: number }

/**
 * Refuses connections beyond a server's caps, as they come: one address cannot take the places of all others.
 * Node's own `maxConnections` counts all addresses together.
 */
export function limitConnections(server: Server, { inAll, perAddress }: ConnectionCaps): void {
  const open = new Map<string, number>()
  server.maxConnections = inAll
  server.on('connection', (socket: Socket) => {
    // A socket whose peer is gone already has no address any more.
    const address = socket.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    if (count > perAddress) {
      socket.destroy()
      return
    }
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}
