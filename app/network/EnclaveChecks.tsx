'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '../_ui/Skeleton'

// It speaks to the chain, and starts the worker that verifies.
export const EnclaveChecks = dynamic(() => import('./KeyFindings').then((module) => module.KeyFindings), {
  ssr: false,
  loading: () => <Skeleton label="Checking the evidence in your browser" className="h-40" />,
})
