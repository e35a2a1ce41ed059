import { TransactionNotFoundError, type Hash, type PublicClient } from 'viem'

/** The network has forgotten a transaction that it knew, and nothing took its place. */
export class DroppedError extends Error {
  override name = 'DroppedError'
}

const LOOK_INTERVAL_MS = 2_000
/** Looks that must miss it in a row: one node of several may lag. */
const MISSES = 8

type Reader = Pick<PublicClient, 'getTransaction' | 'getTransactionCount'>

/**
 * Ends, with true, once a transaction that the network knew is neither waiting nor in a block, while its place in the
 * sender's order is still free. Never ends where the network has not known it at all: a wallet may keep it, or answer
 * with something that is no transaction.
 */
export async function waitUntilDropped(
  client: Reader,
  hash: Hash,
  signal: AbortSignal,
  intervalMs = LOOK_INTERVAL_MS,
): Promise<true> {
  let known: { from: `0x${string}`; nonce: number } | undefined
  let misses = 0
  while (!signal.aborted) {
    const found = await look(client, hash)
    if (found && typeof found === 'object') known = found
    if (known && found === 'nowhere') {
      const next = await client.getTransactionCount({ address: known.from }).catch(() => undefined)
      misses = next !== undefined && next <= known.nonce ? misses + 1 : 0
    } else misses = 0
    if (misses >= MISSES) return true
    await new Promise((resolve) => setTimeout(resolve, intervalMs))
  }
  return new Promise(() => undefined)
}

async function look(client: Reader, hash: Hash): Promise<{ from: `0x${string}`; nonce: number } | 'nowhere' | null> {
  try {
    const { from, nonce } = await client.getTransaction({ hash })
    return { from, nonce }
  } catch (error) {
    return error instanceof TransactionNotFoundError ? 'nowhere' : null
  }
}
