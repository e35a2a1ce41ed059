'use client'

import { useQuery } from '@tanstack/react-query'
import { statusResponseSchema } from '../api/v1/_schemas/status'
import { fetchApi } from './fetchApi'

/** Whether the enclave is simulated, counts, and how fresh the index is. */
export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => fetchApi('/status', statusResponseSchema, signal),
    refetchInterval: 5_000,
  })
}
