'use client'

import { useQuery } from '@tanstack/react-query'
import type { Address } from 'viem'
import { accountResponseSchema } from '../api/v1/_schemas/account'
import { fetchApi } from './fetchApi'

/** The public record of one address: its bids and what became of them. */
export function useAccountRecord(address: Address | undefined) {
  return useQuery({
    queryKey: ['account', address],
    enabled: address !== undefined,
    queryFn: ({ signal }) => fetchApi(`/accounts/${address}`, accountResponseSchema, signal),
    refetchInterval: 4_000,
  })
}
