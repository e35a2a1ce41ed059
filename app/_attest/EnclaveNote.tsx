'use client'

import Link from 'next/link'
import type { Hex } from 'viem'
import { Notice } from '../_ui/Notice'
import { QueryProblem } from '../_ui/QueryProblem'
import { Tag } from '../_ui/Tag'
import { useEnclaveCheck } from './useEnclaveCheck'

/** Whether the key that bids are sealed to belongs to an enclave whose evidence holds, as this browser found. */
export function EnclaveNote({ keyId }: { keyId: Hex }) {
  const { data: finding, error, refetch } = useEnclaveCheck(keyId)
  if (!finding && error) return <QueryProblem what="The enclave’s key" error={error} onRetry={() => void refetch()} />
  if (!finding) {
    return (
      <p className="text-muted text-sm" role="status">
        Checking the enclave’s evidence …
      </p>
    )
  }
  if (finding.problem !== null) {
    return (
      <Notice tone="warn" title="The enclave’s evidence does not hold, so nothing is sealed to its key." live>
        <p>{finding.problem}</p>
      </Notice>
    )
  }
  return (
    <p className="text-muted flex flex-wrap items-center gap-2 text-sm">
      {finding.simulated ? <Tag tone="warn">simulated: no hardware protection</Tag> : null}
      <span>
        Your browser checked the enclave’s evidence: it holds.{' '}
        <Link href="/network" className="underline">
          Every check
        </Link>
      </span>
    </p>
  )
}
