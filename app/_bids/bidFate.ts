type Settled = {
  /** Whether the lot found a buyer. */
  sold: boolean
  /** Ticks; 0 for none. */
  reserve: number
}

/** A sentence for the heading, and why, in another. */
export type BidFate = { title: string; why: string }

/**
 * What the public record lets one say of a counted bid that did not win: which of several reasons holds is nobody's to
 * know but its owner's, and that of whoever checks the proofs. PROTOCOL.md section 6.
 */
export function publicFate({ sold, reserve }: Settled): BidFate {
  if (!sold) return { title: 'Your bid was counted, and did not reach the reserve.', why: 'No bid did.' }
  const beaten = 'another was higher, or equal and earlier'
  return {
    title: 'Your bid was counted, and did not win.',
    why:
      reserve > 0 ? `Either it was below the reserve, or ${beaten}.` : `${beaten[0]?.toUpperCase()}${beaten.slice(1)}.`,
  }
}

/**
 * The same for the owner's own eyes, who knows his price.
 * @param price Ticks; a bid that its collateral covers.
 */
export function ownFate(price: number, { sold, reserve }: Settled): string {
  if (price < reserve) return 'It was below the reserve, so it could not win.'
  if (sold) return 'It reached the reserve; another bid was higher, or equal and earlier.'
  return 'It reached the reserve, and yet the result says that no bid did. Check the settlement: this should not be.'
}
