'use client'

import { useEffect, useRef, useState } from 'react'
import type { Hex } from 'viem'
import type { SettlementVerdict } from '../../../lib/protocol/proof/verifySettlement'
import { useNetwork } from '../../_data/network'

/** How far a check is. `done` of `total` bids; `evidence`: where what was judged was read. */
export type CheckState =
  | { step: 'idle' | 'stopped' }
  | { step: 'reading' | 'downloading' }
  | { step: 'checking'; done: number; total: number }
  | { step: 'done'; verdict: SettlementVerdict; block: bigint; seconds: number; bytes: number }
  | { step: 'failed'; message: string }

/** Checks one settlement in this browser: the chain from its own node, the proofs in workers. */
export function useLiveCheck(id: Hex): { state: CheckState; start: () => void; stop: () => void } {
  const network = useNetwork()
  const [state, setState] = useState<CheckState>({ step: 'idle' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function run(signal: AbortSignal): Promise<void> {
    const show = (next: CheckState) => {
      if (!signal.aborted) setState(next)
    }
    try {
      const began = performance.now()
      show({ step: 'reading' })
      const [{ readEvidence, fetchBundle }, { verifyInWorkers }] = await Promise.all([
        import('./readEvidence'),
        import('../../_workers/verifyInWorkers'),
      ])
      const { evidence, block } = await readEvidence(network, network.rpcUrl, id)
      show({ step: 'downloading' })
      const bundle = await fetchBundle(evidence.settlement.proofHash, signal)
      show({ step: 'checking', done: 0, total: 0 })
      const onProgress = (done: number, total: number) => show({ step: 'checking', done, total })
      const verdict = await verifyInWorkers({ ...evidence, bundle }, { onProgress, signal })
      const seconds = (performance.now() - began) / 1_000
      show({ step: 'done', verdict, block: block.number, seconds, bytes: bundle?.length ?? 0 })
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
