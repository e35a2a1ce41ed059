import type { LiveEvent } from './liveFeed'

/** What a page shows: some auctions, some markets or all of them, an account, or, with none of these, everything. */
export type Subject = { auctions?: readonly string[]; markets?: readonly string[] | 'all'; account?: string }

/** Whether a change of the index may change what a page shows. */
export function concerns(event: LiveEvent, { auctions, markets, account }: Subject): boolean {
  if (event.kind === 'reset' || event.kind === 'Rollback') return true
  if (event.kind === 'Block') return false
  if (!auctions && !markets && !account) return true
  if (event.auctionId !== null && auctions?.includes(event.auctionId)) return true
  if (event.marketId !== null && (markets === 'all' || markets?.includes(event.marketId))) return true
  return event.account !== null && event.account.toLowerCase() === account?.toLowerCase()
}
