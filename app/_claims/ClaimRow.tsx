'use client'

import type { Job } from '../_transaction/flow'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'

type Props = {
  /** What it is, in a few words. */
  name: string
  /** Said in place of the button once it is done. */
  done: string | null
  label: string
  job: Job
}

/** One thing to collect: its name, and the button or what became of it. */
export function ClaimRow({ name, done, label, job }: Props) {
  const { propose, busy } = useTransactions()
  return (
    <div className="border-rule flex flex-wrap items-center justify-between gap-3 border-b pb-4 text-sm">
      <p>{name}</p>
      {done === null ? (
        <Button look="main" disabled={busy} onClick={() => propose(job)}>
          {label}
        </Button>
      ) : (
        <p className="text-good">{done}</p>
      )}
    </div>
  )
}
