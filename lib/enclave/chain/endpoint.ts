import { TimeoutError, type Address, type Hex } from 'viem'
import type { ChainConnection } from '../../chain/connection'
import { LogsRefused } from '../../chain/errors'
import { SubrosaError } from '../../protocol/errors'
import type { Header } from './header'

/** What can be wrong with an endpoint. */
export type EndpointFault = 'unavailable' | 'wrong-chain' | 'bad-header' | 'other-header' | 'bad-proof' | 'bad-logs'

/** Told of each fault; `endpoint` is its place in the list, from 0, since a URL may carry a key. */
export type OnFault = (endpoint: number, fault: EndpointFault, details?: string) => void

/** One RPC endpoint, believed about nothing. */
export type Endpoint = {
  index: number
  /** A header by number, or the finalized one, hashed here. */
  readHeader: (block: bigint | 'finalized') => Promise<Header | 'unavailable' | 'bad-header'>
  /** Values of a contract's slots in a block. Null where the node answers something that is not they. */
  readStorage: (header: Header, address: Address, slots: readonly Hex[]) => Promise<Hex[] | null>
  /** Whether `readStorage` held them against the header: then one endpoint is enough. */
  provesStorage: boolean
  connection: Pick<ChainConnection, 'readChainId' | 'readLogs'>
}

/** @param timeoutMs How long one request may take. @throws RangeError for a URL of another kind of chain. */
export type OpenEndpoint = (url: string, index: number, timeoutMs: number) => Endpoint

export type EndpointConnection = Endpoint['connection']

/** Silences after which shorter ranges of logs are not tried either. */
const MAX_SILENCES = 2

/** The same connection, given up on after a time, and for good where it stays silent. */
export function boundedConnection(connection: EndpointConnection, timeoutMs: number): EndpointConnection {
  let silences = 0
  return {
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
  }
}

/** A library's own time-out ends with the head of an answer: a body may trickle for ever. */
export async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
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
