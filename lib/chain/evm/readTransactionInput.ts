import type { Client, Hash, Hex } from 'viem'
import { z } from 'zod'
import { toChainError } from './rpcError'
import { rpcBytes } from './rpcSchemas'

const rpcTransaction = z.object({ input: rpcBytes }).nullable()

/** The data of a transaction; null where the node does not have it. */
export async function readTransactionInput(client: Client, hash: Hash): Promise<Hex | null> {
  try {
    const found = rpcTransaction.parse(await client.request({ method: 'eth_getTransactionByHash', params: [hash] }))
    return found?.input ?? null
  } catch (error) {
    throw toChainError(error)
  }
}
