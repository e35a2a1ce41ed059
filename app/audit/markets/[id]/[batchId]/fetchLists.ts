import type { BatchEvidence } from '../../../../../lib/protocol/book/batchEvidence'
import type { CarriedLists } from '../../../../../lib/protocol/book/carriedChecks'
import { wantedLists } from '../../../../../lib/protocol/book/wantedLists'
import { fetchCarried } from '../../../../_data/fetchCarried'
import { fetchListed } from '../../../../_data/fetchListed'

/**
 * The lists that a batch is judged by, as this site has them: their hashes are signed, so that it is not believed.
 *
 * @returns undefined where it has not the batch's own.
 * @throws The signal's reason once aborted.
 */
export async function fetchLists(evidence: BatchEvidence, signal: AbortSignal): Promise<CarriedLists | undefined> {
  const { own, before } = wantedLists(evidence)
  const isListed = await fetchListed(evidence.marketId, signal)
  const load = (log: typeof own) =>
    log && isListed(Number(log.batchId)) ? fetchCarried(evidence.marketId, log.batchId, signal) : null
  const [carried, earlier] = await Promise.all([load(own), load(before)])
  return carried ? { carried, before: earlier } : undefined
}
