import type { BookEvent } from '../../chain/book/events'
import { batchKey, type BatchKey, type WantedTips } from '../../db/book/tips'

/** What `toBookRows` has to know of the index for these events. */
export function wantedTips(events: readonly BookEvent[]): WantedTips {
  const ids = new Set<string>()
  const batches = new Map<string, BatchKey>()
  const finalized = new Map<string, BatchKey>()
  const cancelled = new Set<string>()
  for (const event of events) {
    if (!('id' in event)) continue
    const marketId = event.id.toLowerCase()
    ids.add(marketId)
    if ('batchId' in event)
      batches.set(batchKey({ marketId, batchId: event.batchId }), { marketId, batchId: event.batchId })
    if (event.type === 'OrderCancelled') cancelled.add(event.leaf.toLowerCase())
    if (event.type === 'BatchFinalized') {
      finalized.set(batchKey({ marketId, batchId: event.batchId }), { marketId, batchId: event.batchId })
    }
  }
  return {
    markets: [...ids],
    batches: [...batches.values()],
    cancelled: [...cancelled],
    finalized: [...finalized.values()],
  }
}
