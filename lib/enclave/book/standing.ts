import type { Hex } from 'viem'
import type { BookEventOf } from '../../chain/book/events'
import type { BookDomain } from '../../protocol/book/market'
import { fillsHash, hashBatchSettlement } from '../../protocol/book/settlement'
import { SubrosaError } from '../../protocol/errors'
import { isSettled, type MarketHistory } from './marketHistory'

export type BatchSettled = BookEventOf<'BatchSettled'>

/**
 * The settlement of each batch that is settled: the newest event whose digest is the one in storage. Those that a strike
 * took back are passed over.
 *
 * @throws SubrosaError HISTORY_MISMATCH where a batch has none.
 */
export function standingSettlements(
  domain: BookDomain,
  { batches, events, market }: MarketHistory,
): Map<bigint, BatchSettled> {
  const standing = new Map<bigint, BatchSettled>()
  const told = new Map<bigint, BatchSettled[]>()
  for (const event of events) {
    if (event.type !== 'BatchSettled') continue
    told.set(event.batchId, [...(told.get(event.batchId) ?? []), event])
  }
  for (const batch of batches.values()) {
    if (!market || !isSettled(market, batch)) continue
    const found = told.get(batch.id)?.findLast(({ settlement, fills }) => {
      return (
        hashBatchSettlement(domain, settlement) === batch.state.settlementHash && hashOf(fills) === settlement.fillsHash
      )
    })
    if (!found) {
      throw new SubrosaError('HISTORY_MISMATCH', {
        details: `no settlement of batch ${batch.id} is the one in storage`,
      })
    }
    standing.set(batch.id, found)
  }
  return standing
}

const hashOf = (fills: BatchSettled['fills']): Hex => fillsHash(fills)
