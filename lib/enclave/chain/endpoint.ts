import { createClient, http, numberToHex, TimeoutError, type EIP1193RequestFn } from 'viem'
import type { ChainConnection } from '../../chain/connection'
import { LogsRefused } from '../../chain/errors'
import { evmConnection } from '../../chain/evm/connection'
import { SubrosaError } from '../../protocol/errors'
import { hashHeader, type Header } from './header'

/** What can be wrong with an endpoint. */
export type EndpointFault = 'unavailable' | 'wrong-chain' | 'bad-header' | 'other-header' | 'bad-proof' | 'bad-logs'

/** Told of each fault; `endpoint` is its place in the list, from 0, since a URL may carry a key. */
export type OnFault = (endpoint: number, fault: EndpointFault, details?: string) => void

/** One RPC endpoint, believed about nothing. */
export type Endpoint = {
  index: number
  request: (method: string, params: unknown[]) => Promise<unknown>
  connection: Pick<ChainConnection, 'readChainId' | 'readLogs'>
}

/** An answer longer than this is asked for in parts: what an endpoint sends must not fill the enclave's memory. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024
/** Silences after which shorter ranges of logs are not tried either. */
const MAX_SILENCES = 2

/** @param timeoutMs How long one request may take, its body included. */
export function openEndpoint(url: string, index: number, timeoutMs: number): Endpoint {
  const transport = http(url, { retryCount: 0, timeout: timeoutMs, maxResponseBodySize: MAX_ANSWER_BYTES })
  const client = createClient({ transport })
  const request = client.request as EIP1193RequestFn
  const connection = evmConnection(client)
  let silences = 0

  return {
    index,
    request: (method, params) => within(timeoutMs, request({ method, params })),
    connection: {
      readChainId: () => within(timeoutMs, connection.readChainId()),
      async readLogs(filter) {
        try {
          const logs = await within(timeoutMs, connection.readLogs(filter))
          silences = 0
          return logs
        } catch (error) {
          if (!isSilence(error) || ++silences < MAX_SILENCES) throw error
          throw new SubrosaError('RPC_UNAVAILABLE', { details: 'the node is silent', cause: error })
        }
      },
    },
  }
}

/** A header by number, or the finalized one, hashed here. */
export async function readHeader(
  { request }: Endpoint,
  block: bigint | 'finalized',
): Promise<Header | 'unavailable' | 'bad-header'> {
  const id = typeof block === 'bigint' ? numberToHex(block) : block
  const answer = await request('eth_getBlockByNumber', [id, false])
  const header = hashHeader(answer)
  if (!header) return 'unavailable'
  const claimed = (answer as { hash?: unknown }).hash
  const wanted = typeof block === 'bigint' ? block : header.number
  return claimed === header.hash && header.number === wanted ? header : 'bad-header'
}

/** A library's own time-out ends with the head of an answer: a body may trickle for ever. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    const error = new TimeoutError({ body: {}, url: '' })
    const refusal = new SubrosaError('RPC_UNAVAILABLE', { details: `no answer in ${timeoutMs} ms`, cause: error })
    timer = setTimeout(() => reject(new LogsRefused(refusal)), timeoutMs)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

function isSilence(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof TimeoutError) return true
  return false
}
