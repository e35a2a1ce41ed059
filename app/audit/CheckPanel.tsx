'use client'

import type { ReactNode } from 'react'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import type { CheckProgress, CheckState, LiveCheck } from './useLiveCheck'

type Props<Verdict> = LiveCheck<Verdict> & {
  /** What is checked one by one: `bids`, `orders`. */
  counted: string
  /** What happens here, before it does. */
  intro: ReactNode
  children: (done: Extract<CheckState<Verdict>, { step: 'done' }>) => ReactNode
}

/** The checks, run by the reader's own browser when he asks for it; `children` show what they came to. */
export function CheckPanel<Verdict>({ state, start, stop, counted, intro, children }: Props<Verdict>) {
  const running = state.step === 'reading' || state.step === 'downloading' || state.step === 'checking'
  return (
    <section aria-labelledby="check" className="space-y-4">
      <h2 id="check" className="text-2xl font-semibold">
        Check it yourself
      </h2>
      <p className="text-muted max-w-prose text-sm">{intro}</p>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="main" onClick={start} disabled={running}>
          {state.step === 'idle' ? 'Run the checks' : 'Run them again'}
        </Button>
        {running ? <Button onClick={stop}>Stop</Button> : null}
      </div>
      {running ? <Progress progress={state} counted={counted} /> : null}
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
      {state.step === 'done' ? children(state) : null}
    </section>
  )
}

function Progress({ progress, counted }: { progress: CheckProgress; counted: string }) {
  const counting = progress.step === 'checking' && progress.total > 0
  const words =
    progress.step === 'reading'
      ? 'Reading the chain …'
      : progress.step === 'downloading'
        ? 'Downloading the proofs …'
        : counting
          ? `${progress.done} of ${progress.total} ${counted} checked`
          : 'Checking what the chain alone can show …'
  return (
    <div className="max-w-prose space-y-1.5">
      <p id="progress" className="text-sm">
        {words}
      </p>
      <progress
        aria-labelledby="progress"
        className="accent-good h-2 w-full"
        {...(counting ? { value: progress.done, max: progress.total } : {})}
      />
    </div>
  )
}
