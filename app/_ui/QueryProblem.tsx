import { Button } from './Button'
import { Notice } from './Notice'

/** A reading failed: says that no money is concerned, and offers to try again. */
export function QueryProblem({ what, error, onRetry }: { what: string; error: Error; onRetry: () => void }) {
  return (
    <Notice tone="warn" title={`${what} could not be loaded.`} live>
      <p>{error.message} Money and bids are on the chain and not affected.</p>
      <Button onClick={onRetry}>Try again</Button>
    </Notice>
  )
}
