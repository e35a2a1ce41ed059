import type { LiveEvent } from './liveFeed'

/** What a page shows: one auction, some of them, an account, or, with none of these, everything. */
export type Subject = { auctions?: readonly string[]; account?: string }

/** Whether a change of the index may change what a page shows. */
export function concerns(event: LiveEvent, { auctions, account }: Subject): boolean {
  if (event.kind === 'reset' || event.kind === 'Rollback') return true
  if (event.kind === 'Block') return false
  if (!auctions && !account) return true
  if (event.auctionId !== null && auctions?.includes(event.auctionId)) return true
  return event.account !== null && event.account.toLowerCase() === account?.toLowerCase()
}
