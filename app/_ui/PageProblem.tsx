import { ComeBack } from './ComeBack'
import { Notice } from './Notice'

/** A page whose contents the server could not read: what is late, what is safe, and that it looks again by itself. */
export function PageProblem({ what, reason, watch }: { what: string; reason: string; watch: string }) {
  return (
    <Notice tone="warn" title={`${what} cannot be shown right now.`} live>
      <p>{reason} Money and bids are on the chain and not affected.</p>
      <p>This page looks again every few seconds and shows itself as soon as it can.</p>
      <ComeBack watch={watch} />
    </Notice>
  )
}
