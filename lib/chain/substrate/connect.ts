import { ApiPromise, WsProvider } from '@polkadot/api'
import { SubrosaError } from '../../protocol/errors'

const READY_MS = 20_000
const REQUEST_MS = 30_000
const RECONNECT_MS = 2_000

/**
 * Opens a Substrate node's RPC. A connection that breaks comes back by itself; what is asked meanwhile fails.
 *
 * @param url ws:// or wss://.
 * @throws SubrosaError RPC_UNAVAILABLE where it does not answer in time; nothing is left open then.
 */
export async function connectSubstrate(url: string, readyMs = READY_MS): Promise<ApiPromise> {
  const provider = new WsProvider(url, RECONNECT_MS, {}, REQUEST_MS)
  // Everything that is used of the cryptography has a form in JavaScript, and pages may not run WebAssembly.
  const api = new ApiPromise({ provider, noInitWarn: true, initWasm: false, throwOnConnect: false })
  // A first attempt that fails is followed by others: `isReady` waits for those, and this promise is nobody's.
  api.isReadyOrError.catch(() => undefined)
  try {
    return await within(readyMs, api.isReady)
  } catch (cause) {
    await api.disconnect().catch(() => undefined)
    throw new SubrosaError('RPC_UNAVAILABLE', { details: `the Substrate node at ${url} does not answer`, cause })
  }
}

/** Runs a request. @throws SubrosaError RPC_UNAVAILABLE for whatever the node or the connection answers. */
export async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (cause) {
    if (cause instanceof SubrosaError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SubrosaError('RPC_UNAVAILABLE', { details: `the Substrate node: ${reason}`, cause })
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
