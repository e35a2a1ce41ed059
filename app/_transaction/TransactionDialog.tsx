'use client'

import { useEffect, useRef } from 'react'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import type { Job } from './flow'
import { isBusy, type TransactionState } from './state'
import { TransactionProgress } from './TransactionProgress'

type Props = {
  job: Job | null
  state: TransactionState
  open: boolean
  connected: boolean
  onConfirm: () => void
  onAnswer: (goOn: boolean) => void
  onClose: () => void
}

/** Says in words what the wallet will be asked, then shows how far it is. Closing it stops nothing. */
export function TransactionDialog({ job, state, open, connected, onConfirm, onAnswer, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open && dialog.current && !dialog.current.open) {
      dialog.current.showModal()
      // The focus is on its last button; on a phone, what there is to read before begins above.
      dialog.current.scrollTop = 0
    }
    if (!open && dialog.current?.open) dialog.current.close()
  }, [open])

  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="transaction-title"
      className="bg-sheet text-ink border-edge m-auto w-[calc(100%-2rem)] max-w-lg rounded-sm border p-0"
    >
      {job ? (
        <div className="space-y-5 p-5 sm:p-6">
          <h2 id="transaction-title" className="text-xl font-semibold">
            {job.title}
          </h2>
          {state.at === 'idle' ? (
            <>
              <Preview job={job} />
              <div className="flex flex-wrap justify-end gap-3">
                <Button onClick={onClose}>Not now</Button>
                {/* Keyed: a button that took the place of an earlier one would not get the focus. */}
                <Button key="confirm" look={job.look ?? 'main'} onClick={onConfirm} disabled={!connected} autoFocus>
                  {job.confirm}
                </Button>
              </div>
            </>
          ) : (
            <>
              <TransactionProgress
                state={state}
                done={job.done}
                thing={job.room === 'book' ? 'order' : 'bid'}
                onAnswer={onAnswer}
              />
              <div className="flex flex-wrap items-start justify-between gap-3">
                {/* Read and agreed to: folded, so that what happens now is what one sees. */}
                <details className="min-w-0 flex-1 text-sm">
                  <summary className="text-muted min-h-11 py-3 underline">What you agreed to</summary>
                  <div className="space-y-5 pt-2">
                    <Preview job={job} />
                  </div>
                </details>
                {/* Not for the second click of those who double-clicked what stood here before. */}
                <Button onClick={(event) => (event.detail > 1 ? undefined : onClose())}>
                  {isBusy(state) ? 'Hide' : 'Close'}
                </Button>
              </div>
            </>
          )}
        </div>
      ) : null}
    </dialog>
  )
}

/** What the wallet will be asked, and what others learn from it. */
function Preview({ job: { preview, leaks } }: { job: Job }) {
  return (
    <>
      <ul className="list-disc space-y-1.5 pl-5 text-sm wrap-anywhere">
        {preview.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {leaks ? (
        <Notice tone="plain" title="What others learn">
          <p>{leaks}</p>
        </Notice>
      ) : null}
    </>
  )
}
