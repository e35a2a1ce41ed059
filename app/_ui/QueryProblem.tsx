import { Button } from './Button'
import { Notice } from './Notice'

/** A reading failed: says that no money is concerned, and offers to try again. */
export function QueryProblem({ what, error, onRetry }: { what: string; error: Error; onRetry: () => void }) {
  return (
    <Notice tone="warn" title={`${what} could not be loaded.`} live>
      <p>Money and bids are on the chain and not affected.</p>
      <p className="text-muted font-mono text-xs wrap-anywhere">{error.message}</p>
      <Button onClick={onRetry}>Try again</Button>
    </Notice>
  )
}
