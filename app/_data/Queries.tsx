'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LiveQueries } from './LiveQueries'
import { queryClient } from './queryClient'

/** Around every part that reads with queries: the frame of a page has none, so that looking loads no such code. */
export function Queries({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient()}>
      <LiveQueries />
      {children}
    </QueryClientProvider>
  )
}
