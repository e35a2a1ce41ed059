import {
  custom,
  http,
  type CustomTransport,
  type EIP1193RequestFn,
  type HttpTransport,
  type HttpTransportConfig,
} from 'viem'
import { endpointKind } from './endpointKind'

/**
 * viem's way to the chain behind an endpoint, of whichever kind it is: a Hub's answers come in Ethereum's shapes. What only
 * the other kind needs is not loaded.
 *
 * @param options For an endpoint over http alone: a WebSocket needs none.
 */
export function chainTransport(url: string, options?: HttpTransportConfig): HttpTransport | CustomTransport {
  if (endpointKind(url) === 'evm') return http(url, options)
  // The connection tries again by itself; asking four times would only be four times as slow.
  return custom({ request: hubRequestTo(url) }, { retryCount: 0 })
}

/** A Hub's requests, whose code is loaded at the first one, and again at the next one where that failed. */
export function hubRequestTo(url: string): EIP1193RequestFn {
  let opening: Promise<EIP1193RequestFn> | undefined
  const open = () =>
    (opening ??= openRequest(url).catch((error: unknown) => {
      opening = undefined
      throw error
    }))
  return async (args) => (await open())(args)
}

async function openRequest(url: string): Promise<EIP1193RequestFn> {
  const [{ hubRequest }, { sharedHubNode }] = await Promise.all([
    import('./hub/ethereumRpc'),
    import('./hub/sharedNode'),
  ])
  return hubRequest(sharedHubNode(url))
}
