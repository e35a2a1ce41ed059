'use client'

import { useEffect, useRef, useState } from 'react'
import { queryClient } from '../_data/queryClient'
import { useNetwork } from '../_data/network'
import { useWallet, useWalletSession } from '../_wallet/useWallet'
import type { Job } from './flow'
import { Resumed } from './Resumed'
import { runJob } from './runJob'
import { advance, isBusy, type TransactionState } from './state'
import { TransactionDialog } from './TransactionDialog'
import type { Proposal } from './TransactionProvider'

type Props = {
  proposal: Proposal | null
  open: boolean
  onClose: () => void
  onBusy: (busy: boolean) => void
}

/** Holds the job under way and its dialog, and tells what became of jobs that a closed page left behind. */
export function TransactionDesk({ proposal, open, onClose, onBusy }: Props) {
  const session = useWalletSession()
  const network = useNetwork()
  const { address } = useWallet()
  const [job, setJob] = useState<Job | null>(null)
  const [state, setState] = useState<TransactionState>({ at: 'idle' })
  // Read and written outside of rendering, so that a second click in the same frame already sees the first.
  const current = useRef<TransactionState>(state)
  const answer = useRef<((goOn: boolean) => void) | null>(null)
  const jobs = useRef(0)
  const busy = isBusy(state)

  const go = (next: TransactionState) => {
    current.current = advance(current.current, next)
    setState(current.current)
    return current.current
  }

  useEffect(() => {
    if (!proposal || isBusy(current.current)) return
    current.current = { at: 'idle' }
    setState(current.current)
    setJob(proposal.job)
  }, [proposal])

  useEffect(() => onBusy(busy), [busy, onBusy])

  // A page that closes while a wallet is asked leaves the person without an answer: the browser asks first.
  useEffect(() => {
    if (!busy) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [busy])

  function start() {
    if (!job || current.current.at !== 'idle') return
    const mine = ++jobs.current
    // Leaves `idle` at once: a double click finds the job under way.
    go({ at: 'checking', step: job.title })
    void runJob(job, {
      session,
      network,
      state: () => current.current,
      go: (next) => (jobs.current === mine ? go(next) : current.current),
      ask: () => new Promise((resolve) => (answer.current = resolve)),
      onChanged: () => void queryClient().invalidateQueries(),
    })
  }

  return (
    <>
      <Resumed busy={busy} />
      <TransactionDialog
        job={job}
        state={state}
        open={open}
        connected={address !== undefined}
        onConfirm={start}
        onAnswer={(goOn) => answer.current?.(goOn)}
        onClose={onClose}
      />
    </>
  )
}
