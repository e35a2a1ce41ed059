'use client'

import { Button } from '../_ui/Button'
import { Hash } from '../_ui/Hash'
import { Notice } from '../_ui/Notice'
import { WaxSeal } from '../_ui/WaxSeal'
import { ProblemNotice } from './ProblemNotice'
import { SaveReceipt } from './SaveReceipt'
import type { TransactionState } from './state'

type Props = {
  state: TransactionState
  done: string
  /** What is sealed. */
  thing: 'bid' | 'order'
  /** What the person says where the job waits for him. */
  onAnswer: (goOn: boolean) => void
}

/** The present state in a sentence, read out as it changes. */
export function TransactionProgress({ state, done, thing, onAnswer }: Props) {
  switch (state.at) {
    case 'idle':
      return null
    case 'checking':
      return <Step title="Checking" text={`${state.step}: trying it on the chain without sending anything.`} />
    case 'encrypting':
      return <Step title="Sealing" text={`Your ${thing} is encrypted in this browser. Nothing has been sent.`} seal />
    case 'saved':
      return state.download ? (
        <SaveReceipt saving={state.download} thing={thing} onDownloaded={() => onAnswer(true)} />
      ) : (
        <Step
          title="Saved"
          text={`A record that tells nothing of your ${thing} is stored in this browser and was read back. Your wallet can open it.`}
          seal
        />
      )
    case 'awaiting-signature':
      return <Step title="Waiting for your wallet" text={state.step} />
    case 'submitted':
      return (
        <Step
          title="Sent"
          text={
            state.hash
              ? `${state.step}: waiting for a block to include it.`
              : `${state.step}: your wallet gave no transaction hash, so this page looks for the effect on the chain itself.`
          }
        >
          {state.hash ? <Hash value={state.hash} label="transaction" /> : null}
        </Step>
      )
    case 'overdue':
      return (
        <Notice tone="warn" title={state.dropped ? 'Dropped by the network' : 'Sent, but not included yet'} live>
          <p>
            {state.dropped
              ? `${state.step}: no block took it, and it waits nowhere any more. Nothing is locked by it. Your wallet may send it again by itself; look there before you start anew.`
              : `${state.step}: no block has taken it for three minutes. It may still be included, so do not send it twice.`}{' '}
            {state.hash ? <Hash value={state.hash} label="transaction" /> : null}
          </p>
          <div className="flex flex-wrap gap-3 pt-2">
            <Button look="main" onClick={() => onAnswer(true)}>
              Check again
            </Button>
            <Button onClick={() => onAnswer(false)}>Stop waiting</Button>
          </div>
        </Notice>
      )
    case 'included':
    case 'final':
      return (
        <Notice title={state.at === 'final' ? 'Done, and final' : 'Done'} live>
          <p>{done}</p>
          <p className="text-muted">
            Block {state.block.toString()}, {state.at === 'final' ? 'which cannot be undone' : 'not yet final'}.{' '}
            <Hash value={state.hash} label="transaction" />
          </p>
        </Notice>
      )
    case 'replaced':
      return (
        <Notice tone="warn" title="Replaced in your wallet" live>
          <p>The wallet sent another transaction in place of this one, so this one will never happen.</p>
          <Hash value={state.hash} label="transaction" />
        </Notice>
      )
    case 'rejected':
    case 'failed':
      return <ProblemNotice problem={state.problem} />
  }
}

type StepProps = { title: string; text: string; seal?: boolean; children?: React.ReactNode }

function Step({ title, text, seal = false, children }: StepProps) {
  return (
    <div role="status" className="flex items-start gap-3 text-sm">
      {seal ? (
        <WaxSeal pressed className="size-9 shrink-0" />
      ) : (
        <span className="bg-ink pulse mt-1 size-3 rounded-full" />
      )}
      <div>
        <p className="font-semibold">{title}</p>
        <p className="text-muted">{text}</p>
        {children}
      </div>
    </div>
  )
}
