import { endOfBatch } from '../_data/batches'
import type { MarketView } from '../_orders/marketView'
import { latestDue } from './marginJobs'

/**
 * How far a request for margin is. `open`: its batch has not ended. `waiting`: a used batch up to it is neither final nor
 * void. `late`: so still when it should be over; the contract declares late batches void in passing. `due`: payable.
 */
export type WithdrawalStage = 'open' | 'waiting' | 'late' | 'due'

/**
 * @param head The first used batch that is neither final nor void; 0 for none.
 * @param block Chain time of the newest block, Unix seconds.
 */
export function withdrawalStage(
  { batchId, head }: { batchId: number; head: number },
  market: MarketView,
  block: number,
): WithdrawalStage {
  if (block < endOfBatch(market, batchId)) return 'open'
  if (head === 0 || head > batchId) return 'due'
  return block >= latestDue(market, batchId) ? 'late' : 'waiting'
}
