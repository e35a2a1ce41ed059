'use client'

import {
  createContext,
  lazy,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import type { Job } from './flow'
import { hasJournal } from './journalKey'

type Transactions = {
  /** Shows a job's preview; nothing is signed before the person agrees. Refused while another is under way. */
  propose: (job: Job) => void
  busy: boolean
}

/** A job as it was proposed; `turn` tells it from the same job proposed again. */
export type Proposal = { job: Job; turn: number }

const TransactionDesk = lazy(() => import('./TransactionDesk').then((module) => ({ default: module.TransactionDesk })))
/** What lies in the storage is looked at when the page opens; what this page adds, it shows itself. */
const noNews = () => () => undefined

const TransactionContext = createContext<Transactions | null>(null)

/**
 * The one place from which transactions are sent: one at a time, whatever page or button asked. What does it is loaded
 * with the first proposal, or where a job was under way when the last page closed.
 */
export function TransactionProvider({ children }: { children: ReactNode }) {
  const [proposal, setProposal] = useState<Proposal | null>(null)
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const left = useSyncExternalStore(noNews, hasJournal, () => false)
  const wanted = left || proposal !== null

  const propose = useCallback((job: Job) => {
    setProposal((before) => ({ job, turn: (before?.turn ?? 0) + 1 }))
    setOpen(true)
  }, [])
  const close = useCallback(() => setOpen(false), [])
  const value = useMemo(() => ({ propose, busy }), [propose, busy])

  return (
    <TransactionContext value={value}>
      {children}
      {wanted ? (
        <Suspense fallback={null}>
          <TransactionDesk proposal={proposal} open={open} onClose={close} onBusy={setBusy} />
        </Suspense>
      ) : null}
    </TransactionContext>
  )
}

/** @throws Error outside of `Providers`. */
export function useTransactions(): Transactions {
  const transactions = useContext(TransactionContext)
  if (!transactions) throw new Error('useTransactions needs Providers above it')
  return transactions
}
