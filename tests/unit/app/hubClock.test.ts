import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { readNow } from '../../../app/_data/hubClock'
import { readBlockTime } from '../../../app/_data/blockClock'

describe('the newest block’s time on a Hub', () => {
  const servers: WebSocketServer[] = []
  // Node has had the browsers' own since version 22 alone.
  beforeAll(() => void vi.stubGlobal('WebSocket', WebSocket))
  afterAll(() => void vi.unstubAllGlobals())
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  async function serve(result: unknown): Promise<{ url: string; asked: unknown[] }> {
    const asked: unknown[] = []
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    servers.push(server)
    server.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => {
        asked.push(JSON.parse(data.toString('utf8')))
        socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
      }),
    )
    await once(server, 'listening')
    return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
  }

  it('is what the chain’s own clock says', async () => {
    // 1,764,285,000,123 ms, little-endian.
    const { url, asked } = await serve('0x7b00fac89a010000')
    expect(await readBlockTime(url)).toBe(Number(0x019ac8fa007bn / 1_000n))
    expect(asked).toMatchObject([{ method: 'state_getStorage' }])
  })

  it.each([null, '0x', '0x0000000000000000', '0xffffffffffffffffff', 5])('is not told by %s', (value) => {
    expect(() => readNow(value)).toThrow()
  })

  it('is not known where nobody answers', async () => {
    await expect(readBlockTime('ws://127.0.0.1:9')).rejects.toThrow('does not answer')
  })
})
