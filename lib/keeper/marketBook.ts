import type { Address, Hex } from 'viem'
import type { BookEvent, BookEventOf } from '../chain/book/events'
import type { BatchSettlement, Fill } from '../protocol/book/settlement'
import type { MarketParams } from '../protocol/book/market'

/** A used batch that is neither final nor void, as final blocks tell. `challengeUntil` in Unix seconds. */
export type TrackedBatch =
  | { status: 'open' }
  | { status: 'settled'; challengeUntil: bigint; settlement: BatchSettlement; fills: readonly Fill[] }

/** What is still to be done about one market. */
export type TrackedMarket = {
  id: Hex
  startsAt: bigint
  /** Of its parameters, what decides when something is due. */
  params: Pick<MarketParams, 'batchLength' | 'batchSettleBy'>
  strikes: number
  /** The newest batch that somebody used; 0 for none. */
  tail: bigint
  batches: Map<bigint, TrackedBatch>
  /** Traders who asked for money back, and the batch that each waits for. */
  withdrawals: Map<Address, bigint>
}

/** The markets, as the auctions' book holds auctions: from final blocks alone. A market has no end. */
export class MarketBook {
  readonly #markets = new Map<Hex, TrackedMarket>()

  constructor(markets: Iterable<TrackedMarket> = []) {
    for (const market of markets) this.#markets.set(market.id, market)
  }

  get markets(): Iterable<TrackedMarket> {
    return this.#markets.values()
  }

  get size(): number {
    return this.#markets.size
  }

  /** Takes in the events of final blocks, in order. */
  apply(event: BookEvent): void {
    if (!('id' in event)) return
    if (event.type === 'MarketCreated') this.#markets.set(event.id, newMarket(event))
    const market = this.#markets.get(event.id)
    if (market) update(market, event)
  }
}

function newMarket({ id, startsAt, params }: BookEventOf<'MarketCreated'>): TrackedMarket {
  const { batchLength, batchSettleBy } = params
  return {
    id,
    startsAt,
    params: { batchLength, batchSettleBy },
    strikes: 0,
    tail: 0n,
    batches: new Map(),
    withdrawals: new Map(),
  }
}

function update(market: TrackedMarket, event: BookEvent): void {
  const { batches, withdrawals } = market
  switch (event.type) {
    case 'OrderPlaced':
    case 'OrderCancelled':
    case 'AllCancelled':
      if (event.batchId > market.tail) batches.set(event.batchId, { status: 'open' })
      market.tail = event.batchId
      break
    case 'BatchSettled': {
      const { challengeUntil, settlement, fills } = event
      batches.set(event.batchId, { status: 'settled', challengeUntil, settlement, fills })
      break
    }
    case 'BatchVoided':
    case 'BatchFinalized':
      batches.delete(event.batchId)
      break
    case 'BatchStruck':
      market.strikes = event.strikes
      for (const batchId of batches.keys()) if (batchId >= event.batchId) batches.set(batchId, { status: 'open' })
      break
    case 'WithdrawalRequested':
      withdrawals.set(event.trader, event.batchId)
      break
    case 'MarginWithdrawn':
      withdrawals.delete(event.trader)
      break
  }
}
