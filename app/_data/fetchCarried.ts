import type { Carried } from '../../lib/protocol/book/carried'
import { carriedResponseSchema } from '../api/v1/_schemas/batch'
import { ApiFailure, fetchApi } from './fetchApi'

/**
 * What became of a batch's orders, as this site has it: to be held against the hash that the enclave signed.
 *
 * @returns null where it cannot be had, for whatever reason.
 * @throws The signal's reason once aborted.
 */
export async function fetchCarried(
  marketId: string,
  batchId: bigint | number,
  signal?: AbortSignal,
): Promise<Carried[] | null> {
  try {
    const path = `/markets/${marketId}/batches/${batchId}/carried`
    const { carried } = await fetchApi(path, carriedResponseSchema, signal)
    return carried.map(({ leaf, filled, disposition }) => ({ leaf, filled, disposition }))
  } catch (error) {
    if (error instanceof ApiFailure) return null
    throw error
  }
}
