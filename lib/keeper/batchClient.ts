import type { Hex } from 'viem'
import { z } from 'zod'
import type { BatchSettlement, Fill } from '../protocol/book/settlement'
import { address, decimal, hash, requestFrom, type ClientIdentity, signature, uint32 } from './enclaveHttp'

/** What an enclave gives for a batch. */
export const batchAnswer = z.object({
  settlement: z.object({
    marketId: hash,
    batchId: decimal,
    acc: hash,
    count: uint32,
    round: uint32,
    price: uint32,
    fillsHash: hash,
    carriedHash: hash,
    proofHash: hash,
  }),
  signature,
  fills: z.array(z.object({ leaf: hash, trader: address, sell: z.boolean(), lots: uint32 })),
})

/** Everything `settleBatch` takes. */
export type BatchAnswer = { settlement: BatchSettlement; signature: Hex; fills: Fill[] }

/**
 * Asks an enclave for a batch's settlement. @param identity For a door for keepers.
 *
 * @throws SubrosaError with the enclave's own code where it refuses; INTERNAL where it does not answer as agreed.
 */
export async function requestBatchSettlement(
  enclaveUrl: string,
  id: Hex,
  batchId: bigint,
  identity?: ClientIdentity,
): Promise<BatchAnswer> {
  const url = `${enclaveUrl}/v1/markets/${id}/batches/${batchId}/settlement`
  const schema = batchAnswer.refine(({ settlement }) => settlement.marketId === id && settlement.batchId === batchId)
  return requestFrom(url, schema, 'a settlement of this batch', identity)
}
