import { Notice } from '../_ui/Notice'
import type { Problem } from './problem'

/** An error in its three parts: what happened, what about the money, what to do. */
export function ProblemNotice({ problem }: { problem: Problem }) {
  return (
    <Notice tone={problem.code === 'USER_REJECTED' ? 'warn' : 'bad'} title={problem.what} live>
      <p>{problem.money}</p>
      <p>{problem.next}</p>
      {problem.detail ? <p className="text-muted font-mono text-xs">{problem.detail}</p> : null}
    </Notice>
  )
}
