import type { AuctionSummary } from '../api/v1/_schemas/auction'

/**
 * Whether a lot is what someone looks for: every word is in its title or description, or is the beginning of one of
 * the hashes and addresses that it is known by, or is its token number.
 */
export function matchSearch(
  search: string,
  auction: Pick<AuctionSummary, 'id' | 'seller' | 'params'>,
  lot: { title: string; description?: string | undefined },
): boolean {
  const text = `${lot.title} ${lot.description ?? ''}`.toLowerCase()
  const { lotToken, lotTokenId, paymentToken } = auction.params
  const known = [auction.id, auction.seller, lotToken, paymentToken].map((value) => value.toLowerCase())
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => {
      if (text.includes(word) || word === lotTokenId || word === `#${lotTokenId}`) return true
      return /^0x[0-9a-f]{4,}$/.test(word) && known.some((value) => value.startsWith(word))
    })
}
