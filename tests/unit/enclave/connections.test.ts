import { createServer } from 'node:http'
import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { limitConnections } from '../../../lib/enclave/http/connectionLimit'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function serve(perAddress: number, headersTimeout: number) {
  const limits = { connectionsCheckingInterval: 50, headersTimeout }
  const server = createServer(limits, (_request, response) => response.end('here'))
  limitConnections(server, { inAll: 8, perAddress })
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  ends.push(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return { port }
}

/** Until a socket is closed, by a reset too. */
const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

/** A peer that says nothing. Loopback has more than one address to come from. */
function silent(port: number, localAddress = '127.0.0.1'): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => {})
  ends.push(() => Promise.resolve(void socket.destroy()))
  return socket
}

/** Whether a connection is answered: false where it is cut off before it gets an answer. */
async function isAnswered(port: number, localAddress: string): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => {})
  socket.end('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  let answer = ''
  socket.on('data', (data) => (answer += data.toString()))
  await closed(socket)
  return answer.includes('here')
}

describe('connections', () => {
  it('from one address cannot take the places of another’s', async () => {
    const { port } = await serve(2, 60_000)
    const held = [silent(port), silent(port)]
    await Promise.all(held.map((socket) => once(socket, 'connect')))
    expect(await isAnswered(port, '127.0.0.1')).toBe(false)
    expect(await isAnswered(port, '127.0.0.2')).toBe(true)
  })

  it('that say nothing are ended, and give their places back', async () => {
    const { port } = await serve(1, 200)
    const socket = silent(port)
    socket.resume()
    await closed(socket)
    expect(await isAnswered(port, '127.0.0.1')).toBe(true)
  })
})
