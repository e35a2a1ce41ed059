import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { allHandlers, ResponseError, type Blockchain } from '@acala-network/chopsticks-core'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { z } from 'zod'

const request = z.object({
  id: z.union([z.number(), z.string()]),
  method: z.string(),
  params: z.array(z.unknown()).default([]),
})

type Handler = (context: { chain: Blockchain }, params: unknown[], manager: object) => Promise<unknown>

/** JSON-RPC's own codes. */
const INVALID_REQUEST = -32600
const METHOD_NOT_FOUND = -32601
const INTERNAL = -32603

export type HubServer = { url: string; close: () => Promise<void> }

/** Serves a chain's RPC, subscriptions included, as a node does. Port 0 takes a free one. */
export async function serveHub(chain: Blockchain, host: string, port: number): Promise<HubServer> {
  const server = new WebSocketServer({ host, port, maxPayload: 16 * 1024 * 1024 })
  server.on('connection', (socket) => serveSocket(chain, socket))
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `ws://${host}:${taken}`,
    async close() {
      for (const client of server.clients) client.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

function serveSocket(chain: Blockchain, socket: WebSocket): void {
  const cancels = new Map<string, (() => void) | undefined>()
  const say = (message: object) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ jsonrpc: '2.0', ...message }))
  }
  const unsubscribe = (id: string) => {
    cancels.get(id)?.()
    cancels.delete(id)
  }
  const manager = {
    subscribe(method: string, id: string, onCancel?: () => void) {
      cancels.set(id, onCancel)
      return (result: unknown) => {
        if (cancels.has(id)) say({ method, params: { subscription: id, result } })
      }
    },
    unsubscribe,
  }

  async function answer(data: RawData): Promise<void> {
    const parsed = request.safeParse(parseJson(data))
    if (!parsed.success) say({ id: null, error: { code: INVALID_REQUEST, message: 'not a JSON-RPC request' } })
    else say({ id: parsed.data.id, ...(await resultOf(parsed.data)) })
  }

  async function resultOf({ method, params }: z.output<typeof request>): Promise<object> {
    const handler = Object.hasOwn(allHandlers, method) ? (allHandlers as Record<string, Handler>)[method] : undefined
    if (!handler) return { error: { code: METHOD_NOT_FOUND, message: `Method not found: ${method}` } }
    try {
      return { result: (await handler({ chain }, params, manager)) ?? null }
    } catch (error) {
      if (error instanceof ResponseError) return { error: { code: error.code, message: error.message } }
      return { error: { code: INTERNAL, message: error instanceof Error ? error.message : String(error) } }
    }
  }

  socket.on('message', (data) => void answer(data))
  socket.on('close', () => [...cancels.keys()].forEach(unsubscribe))
  socket.on('error', () => socket.terminate())
}

function parseJson(data: RawData): unknown {
  try {
    // One message is one Buffer, as the server was not asked for anything else.
    return JSON.parse((data as Buffer).toString('utf8'))
  } catch {
    return undefined
  }
}
