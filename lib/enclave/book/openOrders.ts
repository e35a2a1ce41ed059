import type { Hex } from 'viem'
import type { MarketState } from '../../chain/book/marketState'
import type { ContractDomain } from '../../chain/deployment'
import { KIND } from '../../protocol/constants'
import type { SealContext } from '../../protocol/sealing/context'
import type { OpeningKey } from '../open'
import type { Threads } from '../opening/pool'
import type { BookOrder } from './marketHistory'
import type { OpenedOrder } from './openOrderRecords'

/** Orders a worker opens at a time: some tens of milliseconds. */
const CHUNK = 32

/** Opened orders by leaf. A leaf names one order for good, so that what was opened once need not be opened again. */
export type OpenedOrders = Map<Hex, OpenedOrder>

/** Orders of one sealing key, which is this enclave's. */
export type OrdersOfKey = { keyId: Hex; key: OpeningKey; orders: readonly BookOrder[] }

/**
 * Opens orders on the workers, and keeps what they say in `opened`.
 *
 * @throws SubrosaError INTERNAL where a worker fails.
 */
export async function openOrders(
  threads: Threads,
  { chainId, contract }: ContractDomain,
  { id, minLots }: Pick<MarketState, 'id' | 'minLots'>,
  groups: readonly OrdersOfKey[],
  opened: OpenedOrders,
): Promise<void> {
  const jobs = groups.flatMap(({ keyId, key, orders }) => {
    const context: SealContext = { chainId, contract, keyId, kind: KIND.market, id, closesAt: 0n }
    return chunksOf(orders).map((chunk) => ({ key, context, minLots, orders: chunk }))
  })
  const turns = jobs.values()

  async function work(): Promise<void> {
    for (const job of turns) {
      const answers = await threads.openOrders(job)
      job.orders.forEach((order, place) => {
        const answer = answers[place]
        if (!answer) return
        opened.set(order.leaf, answer)
        // Most of the memory that an order takes, and of no use any more.
        order.sealed = '0x'
      })
    }
  }

  // Two for each worker, so that none waits for its next chunk. They share the jobs, and the first failure ends all.
  await Promise.all(Array.from({ length: threads.size * 2 }, work))
}

function chunksOf(orders: readonly BookOrder[]): BookOrder[][] {
  const chunks: BookOrder[][] = []
  for (let from = 0; from < orders.length; from += CHUNK) chunks.push(orders.slice(from, from + CHUNK))
  return chunks
}
