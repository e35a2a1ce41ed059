import { createClient, http, numberToHex, type EIP1193RequestFn } from 'viem'
import { endpointKind } from '../../chain/endpointKind'
import { evmConnection } from '../../chain/evm/connection'
import { boundedConnection, within, type Endpoint } from './endpoint'
import { hashHeader } from './header'
import { provenStorage } from './storageProof'

/** An answer longer than this is asked for in parts: what an endpoint sends must not fill the enclave's memory. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

/**
 * An Ethereum node, whose headers are hashed and whose storage is proven here.
 *
 * @param timeoutMs How long one request may take, its body included.
 */
export function openEvmEndpoint(url: string, index: number, timeoutMs: number): Endpoint {
  if (endpointKind(url) !== 'evm') throw new RangeError('an Ethereum node is named by an http(s) URL')
  const transport = http(url, { retryCount: 0, timeout: timeoutMs, maxResponseBodySize: MAX_ANSWER_BYTES })
  const client = createClient({ transport })
  const send = client.request as EIP1193RequestFn
  const request = (method: string, params: unknown[]): Promise<unknown> =>
    within(timeoutMs, send({ method, params } as never))

  return {
    index,
    provesStorage: true,
    connection: boundedConnection(evmConnection(client), timeoutMs),
    async readHeader(block) {
      const id = typeof block === 'bigint' ? numberToHex(block) : block
      const answer = await request('eth_getBlockByNumber', [id, false])
      const header = hashHeader(answer)
      if (!header) return 'unavailable'
      const claimed = (answer as { hash?: unknown }).hash
      const wanted = typeof block === 'bigint' ? block : header.number
      return claimed === header.hash && header.number === wanted ? header : 'bad-header'
    },
    async readStorage({ number, stateRoot }, address, slots) {
      const answer = await request('eth_getProof', [address, slots, numberToHex(number)])
      return provenStorage(answer, { stateRoot, address, slots })
    },
  }
}
