'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { useConfig, useConnection, usePublicClient } from 'wagmi'
import { useNetwork } from '../_data/network'
import type { Flow, Included, Job } from './flow'
import { explain, problemOf } from './problem'
import { guardWallet, sendCall } from './sendCall'
import { advance, isBusy, type TransactionState } from './state'
import { TransactionDialog } from './TransactionDialog'
import { ReplacedError } from './waitForInclusion'
import { waitUntilFinal } from './waitUntilFinal'

type Transactions = {
  /** Shows a job's preview; nothing is signed before the person agrees. Refused while another is under way. */
  propose: (job: Job) => void
  busy: boolean
}

const UNDONE =
  'A block had included the transaction, but the chain has since gone another way, without it. What the page said of it no longer holds.'

const TransactionContext = createContext<Transactions | null>(null)

/** The one place from which transactions are sent: one at a time, whatever page or button asked. */
export function TransactionProvider({ children }: { children: ReactNode }) {
  const config = useConfig()
  const client = usePublicClient()
  const queries = useQueryClient()
  const { chainId } = useNetwork()
  const { address } = useConnection()
  const [job, setJob] = useState<Job | null>(null)
  const [open, setOpen] = useState(false)
  const [state, setState] = useState<TransactionState>({ at: 'idle' })
  // Read and written outside of rendering, so that a second click in the same frame already sees the first.
  const current = useRef<TransactionState>(state)
  const answer = useRef<((goOn: boolean) => void) | null>(null)
  const jobs = useRef(0)

  const go = useCallback((next: TransactionState) => {
    current.current = advance(current.current, next)
    setState(current.current)
  }, [])

  const propose = useCallback(
    (next: Job) => {
      setOpen(true)
      if (isBusy(current.current)) return
      go({ at: 'idle' })
      setJob(next)
    },
    [go],
  )

  const start = useCallback(async () => {
    if (!job || !client || current.current.at !== 'idle') return
    const { account } = job
    // Through a function: the compiler would take the narrowing above for lasting.
    const now = (): TransactionState => current.current
    const mine = ++jobs.current
    let last: Included | undefined
    const flow: Flow = {
      encrypting: () => go({ at: 'encrypting' }),
      asking: (step) => go({ at: 'awaiting-signature', step }),
      async saved(saving) {
        const download = !(saving.repeatable && saving.kept)
        go({ at: 'saved', download: download ? saving : null })
        if (download) await new Promise<boolean>((resolve) => (answer.current = resolve))
      },
      async send(call, step, seen) {
        go({ at: 'checking', step })
        last = await sendCall(call, {
          config,
          client,
          chainId,
          account,
          seen,
          onChecked: () => go({ at: 'awaiting-signature', step }),
          onSubmitted: (hash) => go({ at: 'submitted', step, hash }),
          onOverdue: (hash) => {
            go({ at: 'overdue', step, hash })
            return new Promise((resolve) => (answer.current = resolve))
          },
        })
        return last
      },
    }
    // Leaves `idle` at once: a double click finds the job under way.
    go({ at: 'checking', step: job.title })
    try {
      await guardWallet(config, chainId, account)
      await job.run(flow)
      if (last) go({ at: 'included', ...last })
    } catch (error) {
      const failing = now()
      const hash = failing.at === 'submitted' || failing.at === 'overdue' ? failing.hash : undefined
      const problem = explain(error)
      if (error instanceof ReplacedError) go({ at: 'replaced', hash: error.hash })
      else if (problem.code === 'USER_REJECTED') go({ at: 'rejected', problem })
      else go({ at: 'failed', problem, hash })
    }
    await queries.invalidateQueries()
    // Finality takes a while: by then the dialog may show another job, to which this news does not belong.
    if (!last || now().at !== 'included') return
    const finality = await waitUntilFinal(client, last)
    if (jobs.current !== mine) return
    if (finality.at === 'final') go({ at: 'final', hash: last.hash, block: finality.block })
    if (finality.at === 'undone') {
      go({ at: 'failed', problem: problemOf('TRANSACTION_REVERTED', UNDONE), hash: last.hash })
      await queries.invalidateQueries()
    }
  }, [job, client, config, chainId, go, queries])

  const value = useMemo(() => ({ propose, busy: isBusy(state) }), [propose, state])
  return (
    <TransactionContext value={value}>
      {children}
      <TransactionDialog
        job={job}
        state={state}
        open={open}
        connected={address !== undefined}
        onConfirm={() => void start()}
        onAnswer={(goOn) => answer.current?.(goOn)}
        onClose={() => setOpen(false)}
      />
    </TransactionContext>
  )
}

/** @throws Error outside of `Providers`. */
export function useTransactions(): Transactions {
  const transactions = useContext(TransactionContext)
  if (!transactions) throw new Error('useTransactions needs Providers above it')
  return transactions
}
