'use client'

import { useEffect, useRef, useState } from 'react'
import { useNetwork, type Network } from '../_data/network'

/** What is under way. `done` of `total` sealed bids or orders. */
export type CheckProgress = { step: 'reading' | 'downloading' } | { step: 'checking'; done: number; total: number }

/** `block`: whose storage was read; `bytes`: of proofs. */
export type Checked<Verdict> = { verdict: Verdict; block: bigint; bytes: number }

/** How far a check is. */
export type CheckState<Verdict> =
  | { step: 'idle' | 'stopped' }
  | CheckProgress
  | ({ step: 'done'; seconds: number } & Checked<Verdict>)
  | { step: 'failed'; message: string }

/** Reads a chain and judges what it finds. Aborted, it ends; what it then says is not heard. */
export type Check<Verdict> = (
  network: Network,
  report: (progress: CheckProgress) => void,
  signal: AbortSignal,
) => Promise<Checked<Verdict>>

export type LiveCheck<Verdict> = { state: CheckState<Verdict>; start: () => void; stop: () => void }

/** Runs a check in this browser when asked, shows how far it is, and can be stopped. */
export function useLiveCheck<Verdict>(check: Check<Verdict>): LiveCheck<Verdict> {
  const network = useNetwork()
  const [state, setState] = useState<CheckState<Verdict>>({ step: 'idle' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function run(signal: AbortSignal): Promise<void> {
    const show = (next: CheckState<Verdict>) => {
      if (!signal.aborted) setState(next)
    }
    try {
      const began = performance.now()
      show({ step: 'reading' })
      const checked = await check(network, show, signal)
      show({ step: 'done', ...checked, seconds: (performance.now() - began) / 1_000 })
    } catch (error) {
      show({ step: 'failed', message: error instanceof Error ? error.message : 'The check broke off.' })
    }
  }

  return {
    state,
    start: () => {
      running.current?.abort()
      running.current = new AbortController()
      void run(running.current.signal)
    },
    stop: () => {
      running.current?.abort()
      setState({ step: 'stopped' })
    },
  }
}
