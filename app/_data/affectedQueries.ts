import type { LiveEvent } from './liveFeed'

/** What of the cache comes from the index, by the first part of its key. */
const INDEXED = ['auction', 'auctions', 'bids', 'settlements', 'account', 'stats', 'status']

/** What of the cache is read from the chain about a market. */
const MARKET = ['own-orders', 'order-reasons', 'margin', 'order-key', 'funds']

/**
 * The keys of what a change makes old, as beginnings: `['account']` is every account's. Keys are those of the hooks in
 * this folder.
 */
export function affectedQueries({ kind, auctionId, marketId, account }: LiveEvent): string[][] {
  if (kind === 'reset' || kind === 'Rollback') return [...INDEXED, ...MARKET].map((name) => [name])
  if (kind === 'Block') return [['status']]
  if (kind.startsWith('Sealing') || kind === 'SignerAdmitted') return [['sealing-keys'], ['status']]
  if (marketId !== null) return MARKET.map((name) => [name])
  const keys = [['auctions'], ['stats'], ['status']]
  if (auctionId !== null) keys.push(['auction', auctionId], ['bids', auctionId])
  if (kind === 'AuctionSettled' || kind === 'AuctionVoided' || kind === 'ProofPublished')
    keys.push(['settlements'], ['account'])
  else if (account !== null) keys.push(['account', account])
  return keys
}
