import type { Hex } from 'viem'
import type { BookEvent } from '../../lib/chain/book/events'
import type { Fill } from '../../lib/protocol/book/settlement'

/** A settlement that stands. `price` in ticks; `carriedHash`: of the list of what became of its orders. */
export type StandingBatch = { price: number; fills: readonly Fill[]; carriedHash: Hex; final: boolean }

export type StandingList = { batchId: number; carriedHash: Hex }

/** A market's settlements that no strike took back, by batch. @param events In the order of the chain. */
export function foldBatches(events: readonly BookEvent[]): Map<number, StandingBatch> {
  const batches = new Map<number, StandingBatch>()
  for (const event of events) {
    switch (event.type) {
      case 'BatchSettled': {
        const { settlement, fills } = event
        const { price, carriedHash } = settlement
        batches.set(Number(event.batchId), { price, fills, carriedHash, final: false })
        break
      }
      case 'BatchFinalized': {
        const batch = batches.get(Number(event.batchId))
        if (batch) batch.final = true
        break
      }
      case 'BatchStruck':
        // That batch and every later one that is not final are unsettled again.
        for (const [batchId, { final }] of batches)
          if (batchId >= Number(event.batchId) && !final) batches.delete(batchId)
        break
    }
  }
  return new Map([...batches].sort(([a], [b]) => a - b))
}

/** The lists that settlements commit to, by batch. */
export function listsOf(batches: ReadonlyMap<number, StandingBatch>): StandingList[] {
  return [...batches].map(([batchId, { carriedHash }]) => ({ batchId, carriedHash }))
}
