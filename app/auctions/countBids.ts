/** @returns how many sealed bids stand, in words. */
export function countBids(live: number): string {
  if (live === 0) return 'No bids'
  return live === 1 ? '1 sealed bid' : `${live} sealed bids`
}
