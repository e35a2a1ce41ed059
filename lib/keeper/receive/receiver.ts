import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ContractRevert } from '../../chain/errors'
import type { Logger } from '../../observe/logger'
import type { ReceivedOutcomes } from './receivedOutcomes'

export type Receiver = { url: string; close: () => Promise<void> }

/** A batch of a thousand fills takes a quarter of this. */
const MAX_BYTES = 1024 * 1024
/** Each costs a dry run. An enclave hands over a few at a time. */
const MAX_AT_ONCE = 8
const LIMITS = {
  ...{ headersTimeout: 2_000, requestTimeout: 5_000, connectionsCheckingInterval: 500, keepAliveTimeout: 2_000 },
  maxHeaderSize: 8_192,
}
const MAX_CONNECTIONS = 64

/**
 * Where enclaves hand over outcomes: `POST /v1/outcomes`. 204: taken; 400: not an outcome; 422: the contract does not
 * take it; 503: later.
 *
 * @param options.port 0 takes any free one; the answer tells which.
 */
export async function startReceiver(options: {
  outcomes: ReceivedOutcomes
  host: string
  port: number
  log: Logger
}): Promise<Receiver> {
  const { outcomes, log } = options
  let atOnce = 0

  async function statusOf(request: IncomingMessage): Promise<number> {
    if (request.method !== 'POST' || request.url !== '/v1/outcomes') return 404
    if (atOnce >= MAX_AT_ONCE) return 503
    atOnce += 1
    try {
      const body = await readJson(request)
      return body !== undefined && (await outcomes.take(body)) ? 204 : 400
    } catch (error) {
      log.info({ reason: error instanceof Error ? error.message : String(error) }, 'an outcome was not taken')
      return error instanceof ContractRevert ? 422 : 503
    } finally {
      atOnce -= 1
    }
  }

  const server = createServer(LIMITS, (request, response) => {
    void statusOf(request).then((status) => {
      // A body that was not read to its end is not read any further.
      if (status !== 204) response.setHeader('connection', 'close')
      response.writeHead(status).end()
    })
  })
  server.maxConnections = MAX_CONNECTIONS
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host}:${port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** @returns undefined where it is no JSON, or too long. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MAX_BYTES) return undefined
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    return undefined
  }
}
