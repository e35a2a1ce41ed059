import { ApiPromise, WsProvider } from '@polkadot/api'
import type { ApiDecoration } from '@polkadot/api/types'
import { SubrosaError } from '../../protocol/errors'
import { toHubError } from './hubError'

/** How long one request may take. */
const TIMEOUT_MS = 60_000
/** Between two attempts to connect again. */
const RECONNECT_MS = 1_000

/** A Polkadot Hub node behind one WebSocket, which is opened at its first use and again whenever it breaks. */
export type HubNode = {
  /** Once the chain's metadata is read. @throws SubrosaError RPC_UNAVAILABLE where no node answers in time. */
  open(): Promise<ApiPromise>
  /** The chain as its runtime was at a block. */
  at(blockHash: string): Promise<ApiDecoration<'promise'>>
  close(): Promise<void>
}

/** @param timeoutMs How long one request may take, and opening. */
export function openHubNode(url: string, timeoutMs = TIMEOUT_MS): HubNode {
  let opening: ApiPromise | undefined

  async function open(): Promise<ApiPromise> {
    const api = (opening ??= new ApiPromise({
      provider: new WsProvider(url, RECONNECT_MS, {}, timeoutMs),
      noInitWarn: true,
      // Pages may not run WebAssembly; everything that is used of the cryptography has a form in JavaScript.
      initWasm: typeof window === 'undefined',
    }))
    // Not isReadyOrError: the socket tries again by itself, and the first failure would be remembered for ever.
    await within(api.isReady, timeoutMs, `${url} does not answer`)
    if (!api.isConnected) throw new SubrosaError('RPC_UNAVAILABLE', { details: `not connected to ${url}` })
    return api
  }

  return {
    open,
    at: (blockHash) => hubAnswer(async () => (await open()).at(blockHash)),
    async close() {
      await opening?.disconnect()
      opening = undefined
    },
  }
}

/** Runs what asks a node; whatever goes wrong comes out typed. */
export async function hubAnswer<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw toHubError(error)
  }
}

async function within<T>(work: Promise<T>, timeoutMs: number, silence: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SubrosaError('RPC_UNAVAILABLE', { details: silence })), timeoutMs)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
