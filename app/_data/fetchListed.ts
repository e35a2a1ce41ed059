import { batchListResponseSchema } from '../api/v1/_schemas/batch'
import { ApiFailure, fetchApi } from './fetchApi'

/** Batches that are asked about: lists of older ones came long ago. */
const NEWEST = 20

/**
 * Which of a market's batches this site may have the list of: not a new one whose enclave has not shown it yet, which is
 * not asked for in vain.
 *
 * @throws The signal's reason once aborted.
 */
export async function fetchListed(marketId: string, signal?: AbortSignal): Promise<(batchId: number) => boolean> {
  try {
    const path = `/markets/${marketId}/batches?limit=${NEWEST}`
    const { batches } = await fetchApi(path, batchListResponseSchema, signal)
    const listed = new Map(batches.map(({ batchId, settlement }) => [batchId, settlement?.listed ?? false]))
    const oldest = batches.at(-1)?.batchId ?? 0
    return (batchId) => listed.get(batchId) ?? batchId < oldest
  } catch (error) {
    if (error instanceof ApiFailure) return () => false
    throw error
  }
}
