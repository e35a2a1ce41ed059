import type { AuctionSummary, Phase } from '../api/v1/_schemas/auction'

/** What can still be bid on first, what is over and done last. */
export const PHASE_ORDER: readonly Phase[] = ['open', 'closed', 'settled', 'final', 'voided']

/** Where the next page begins: in which of the phases, and after what. */
export type ListPlace = { index: number; cursor: string | null }

export type ListPage = { auctions: AuctionSummary[]; next: ListPlace | null }

type FetchPhase<Part> = (
  phase: Part,
  cursor: string | null,
) => Promise<{ auctions: AuctionSummary[]; nextCursor: string | null }>

/**
 * A page of auctions over several phases in turn: goes on into the next phase until there are `least` of them.
 * @param phases Shown one after the other.
 */
export async function collectAuctions<Part>(
  fetchPhase: FetchPhase<Part>,
  phases: readonly Part[],
  from: ListPlace,
  least: number,
): Promise<ListPage> {
  const auctions: AuctionSummary[] = []
  let next: ListPlace | null = from
  while (next && auctions.length < least) {
    const { index, cursor }: ListPlace = next
    const phase = phases[index]
    if (!phase) return { auctions, next: null }
    const page = await fetchPhase(phase, cursor)
    auctions.push(...page.auctions)
    if (page.nextCursor) next = { index, cursor: page.nextCursor }
    else next = index + 1 < phases.length ? { index: index + 1, cursor: null } : null
  }
  return { auctions, next }
}

/** Pages as one list. An auction that changed its phase between two requests is in both, and shown once. */
export function joinPages(pages: readonly ListPage[]): AuctionSummary[] {
  const byId = new Map(pages.flatMap((page) => page.auctions).map((auction) => [auction.id, auction]))
  return [...byId.values()]
}
