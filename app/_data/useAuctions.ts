'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { auctionListResponseSchema, type Phase } from '../api/v1/_schemas/auction'
import { collectAuctions, PHASE_ORDER, type ListPlace } from './collectAuctions'
import { fetchApi } from './fetchApi'

const PAGE_SIZE = 24
const START: ListPlace = { index: 0, cursor: null }

/** Pages of auctions, of one phase or of all in turn: open ones by the end of their time, others the newest first. */
export function useAuctions(phase: Phase | undefined) {
  return useInfiniteQuery({
    queryKey: ['auctions', phase ?? 'all'],
    initialPageParam: START,
    queryFn: ({ pageParam, signal }) =>
      collectAuctions(
        (of, cursor) => {
          const query = new URLSearchParams({ limit: String(PAGE_SIZE), phase: of })
          if (of === 'open') query.set('sort', 'closing')
          if (cursor) query.set('cursor', cursor)
          return fetchApi(`/auctions?${query}`, auctionListResponseSchema, signal)
        },
        phase ? [phase] : PHASE_ORDER,
        pageParam,
        PAGE_SIZE,
      ),
    getNextPageParam: (page) => page.next,
    refetchInterval: 4_000,
  })
}
