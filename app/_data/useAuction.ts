'use client'

import { useQuery } from '@tanstack/react-query'
import { auctionResponseSchema } from '../api/v1/_schemas/auction'
import { fetchApi } from './fetchApi'

/** One auction as the index has it. A just-created one may be unknown for some seconds. */
export function useAuction(id: string) {
  return useQuery({
    queryKey: ['auction', id],
    queryFn: async ({ signal }) => (await fetchApi(`/auctions/${id}`, auctionResponseSchema, signal)).auction,
    refetchInterval: 3_000,
  })
}
