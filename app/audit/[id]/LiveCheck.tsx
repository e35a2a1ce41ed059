'use client'

import type { Hex } from 'viem'
import { Button } from '../../_ui/Button'
import { Notice } from '../../_ui/Notice'
import { CheckList } from './CheckList'
import { VerdictPanel } from './VerdictPanel'
import { useLiveCheck, type CheckState } from './useLiveCheck'

const RUNNING: CheckState['step'][] = ['reading', 'downloading', 'checking']

/** The checks, run by the reader's own browser when he asks for it. */
export function LiveCheck({ id }: { id: Hex }) {
  const { state, start, stop } = useLiveCheck(id)
  const running = RUNNING.includes(state.step)
  return (
    <section aria-labelledby="check" className="space-y-4">
      <h2 id="check" className="text-2xl font-semibold">
        Check it yourself
      </h2>
      <p className="text-muted max-w-prose text-sm">
        Your browser reads the bids and the outcome from the chain, downloads the proofs, and checks every one of them
        here. It takes about a fiftieth of a second a bid, and asks this site for nothing but its copy of the proofs.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="main" onClick={start} disabled={running}>
          {state.step === 'idle' ? 'Run the checks' : 'Run them again'}
        </Button>
        {running ? <Button onClick={stop}>Stop</Button> : null}
      </div>
      {running ? <Progress state={state} /> : null}
      {state.step === 'stopped' ? (
        <Notice title="Stopped." live>
          <p>Nothing was decided: a check that is broken off says neither yes nor no.</p>
        </Notice>
      ) : null}
      {state.step === 'failed' ? (
        <Notice tone="warn" title="The check could not be finished." live>
          <p>{state.message} That says nothing about the settlement. Try again.</p>
        </Notice>
      ) : null}
      {state.step === 'done' ? (
        <>
          <VerdictPanel state={state} />
          <CheckList checks={state.verdict.checks} />
        </>
      ) : null}
    </section>
  )
}

function Progress({ state }: { state: CheckState }) {
  const checking = state.step === 'checking'
  const words =
    state.step === 'reading'
      ? 'Reading the chain …'
      : state.step === 'downloading'
        ? 'Downloading the proofs …'
        : checking && state.total > 0
          ? `${state.done} of ${state.total} bids checked`
          : 'Checking what the chain alone can show …'
  return (
    <div className="max-w-prose space-y-1.5">
      <p id="progress" className="text-sm">
        {words}
      </p>
      <progress
        aria-labelledby="progress"
        className="accent-good h-2 w-full"
        {...(checking && state.total > 0 ? { value: state.done, max: state.total } : {})}
      />
    </div>
  )
}
