'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Hex } from 'viem'
import { carriedHash, type Carried } from '../../lib/protocol/book/carried'
import { fetchCarried } from '../_data/fetchCarried'
import { fetchListed } from '../_data/fetchListed'
import { useNetwork } from '../_data/network'
import type { StandingList } from './foldBatches'
import { readReason, type OrderReason, type OwnRows } from './orderReason'
import type { OwnOrder } from './ownOrders'

type Wanted = Pick<OwnOrder, 'leaf' | 'batchId'>

const NONE: ReadonlyMap<Hex, OrderReason> = new Map()
/** A list comes some seconds after its settlement. */
const ASK_AGAIN_MS = 4_000

/**
 * Why own orders are where they are, by leaf: what the enclave published of them, held in this browser against what it
 * signed. Lists are read whole, so that this site does not learn which orders somebody looks at.
 *
 * @param lists Of the market's standing settlements, by batch, from the chain.
 */
export function useOrderReasons(
  marketId: Hex,
  orders: readonly Wanted[],
  lists: readonly StandingList[],
): ReadonlyMap<Hex, OrderReason> {
  const { chainId, contracts } = useNetwork()
  const kept = useRef(new Map<string, ReadonlyMap<Hex, Carried>>())
  const place = [chainId, contracts.book, marketId]
  const leaves = orders.map(({ leaf }) => leaf)
  const { data } = useQuery<ReadonlyMap<Hex, OrderReason>>({
    queryKey: ['order-reasons', ...place, leaves.join(), lists.map((list) => list.carriedHash).join()],
    enabled: orders.length > 0 && lists.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      [...(state.data ?? NONE).values()].some(({ known }) => !known) ? ASK_AGAIN_MS : false,
    queryFn: async ({ signal }) => {
      const isListed = await fetchListed(marketId, signal)
      const asked = new Map<string, OwnRows>()
      const load = async (list: StandingList): Promise<OwnRows> => {
        const key = `${list.batchId} ${list.carriedHash}`
        const known = kept.current.get(key) ?? asked.get(key)
        if (known) return known
        const rows = isListed(list.batchId) ? await readList(marketId, list, signal) : 'missing'
        if (typeof rows === 'string') asked.set(key, rows)
        else kept.current.set(key, rows)
        return rows
      }
      const reasons = new Map<Hex, OrderReason>()
      for (const order of orders) {
        const reason = await readReason(order, lists, load)
        if (reason) reasons.set(order.leaf, reason)
      }
      return reasons
    },
  })
  return data ?? NONE
}

async function readList(marketId: Hex, list: StandingList, signal: AbortSignal): Promise<OwnRows> {
  const carried = await fetchCarried(marketId, list.batchId, signal)
  if (!carried) return 'missing'
  return carriedHash(carried) === list.carriedHash ? new Map(carried.map((row) => [row.leaf, row])) : 'wrong'
}
