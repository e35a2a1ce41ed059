'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { auctionListResponseSchema, type Phase } from '../api/v1/_schemas/auction'
import { fetchApi } from './fetchApi'

/** Pages of auctions, the newest first, of one phase or of all. */
export function useAuctions(phase: Phase | undefined) {
  return useInfiniteQuery({
    queryKey: ['auctions', phase ?? 'all'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '24' })
      if (phase) query.set('phase', phase)
      if (phase === 'open') query.set('sort', 'closing')
      if (pageParam) query.set('cursor', pageParam)
      return fetchApi(`/auctions?${query}`, auctionListResponseSchema, signal)
    },
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 4_000,
  })
}
