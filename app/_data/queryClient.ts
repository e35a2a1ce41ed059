'use client'

import { QueryClient } from '@tanstack/react-query'
import { retryQuery } from './retryQuery'

let client: QueryClient | undefined

/** The page's one cache of what was read, shared by every part that is loaded later. In the browser alone. */
export function queryClient(): QueryClient {
  client ??= new QueryClient({ defaultOptions: { queries: { retry: retryQuery } } })
  return client
}
