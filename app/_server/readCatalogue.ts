import { listAuctions } from '../../lib/db/auctions'
import type { Database } from '../../lib/db/client'
import { toAuctionSummary } from '../api/v1/_lib/auctionView'
import { decodeAuctionCursor, encodeAuctionCursor } from '../api/v1/_lib/cursor'
import type { AuctionSummary, Phase } from '../api/v1/_schemas/auction'
import { collectAuctions, PHASE_ORDER, type ListPage, type ListPlace } from '../_data/collectAuctions'
import type { Unit } from '../_format/amount'
import type { LotView } from '../_lot/lotView'
import { matchSearch } from '../auctions/matchSearch'
import type { Filters } from '../auctions/filters'
import { readHead } from './readHead'
import { readLot } from './readLot'
import { readUnit } from './readUnit'

export type CatalogueEntry = { auction: AuctionSummary; lot: LotView; unit: Unit | null }
/** `next` is where the list goes on. `searchedAll` is false where a search gave up before the end. */
export type Catalogue = { entries: CatalogueEntry[]; next: string | null; searchedAll: boolean; madeAt: number }

const READ_AT_ONCE = 100
/** Titles are the tokens' own and not in the index, so a search reads lot by lot, and no further than this. */
const MOST_SEARCHED = 500

/** The lots that a catalogue's URL asks for. */
export async function readCatalogue(db: Database, filters: Filters): Promise<Catalogue> {
  const { now } = await readHead(db)
  const sort = filters.sort === 'phase' ? undefined : filters.sort
  const readPage = async (phase: Phase | 'all', cursor: string | null, limit: number) => {
    const order = sort ?? (phase === 'open' ? 'closing' : 'newest')
    const { auctions, next } = await listAuctions(db, {
      phase: phase === 'all' ? undefined : phase,
      seller: filters.seller ?? undefined,
      rule: filters.rule ?? undefined,
      lotKind: filters.lot ?? undefined,
      paymentToken: filters.currency ?? undefined,
      sort: order,
      after: decodeAuctionCursor(cursor ?? undefined, order),
      limit,
      now,
    })
    return {
      auctions: auctions.map((auction) => toAuctionSummary(auction, now)),
      nextCursor: encodeAuctionCursor(next),
    }
  }
  // In one order over everything, or phase by phase.
  const phases: (Phase | 'all')[] =
    filters.phase !== 'all' ? [filters.phase] : sort === 'newest' || sort === 'bids' ? ['all'] : [...PHASE_ORDER]

  const entries: CatalogueEntry[] = []
  let place: ListPlace | null = parsePlace(filters.after)
  let searched = 0
  while (place && entries.length < filters.show && searched < MOST_SEARCHED) {
    const wanted = filters.q ? READ_AT_ONCE : filters.show - entries.length
    const page: ListPage = await collectAuctions((phase, cursor) => readPage(phase, cursor, wanted), phases, place, 1)
    searched += page.auctions.length
    entries.push(...(await describe(page.auctions)).filter((entry) => matches(filters.q, entry)))
    place = page.next
  }
  return {
    entries,
    next: place && `${place.index}.${place.cursor ?? ''}`,
    searchedAll: place === null || entries.length >= filters.show,
    madeAt: Number(now),
  }
}

/** Lots with the words and pictures of their tokens, in the same order. */
export function describe(auctions: readonly AuctionSummary[]): Promise<CatalogueEntry[]> {
  return Promise.all(
    auctions.map(async (auction) => {
      const [lot, unit] = await Promise.all([
        readLot(auction.id, auction.params),
        readUnit(auction.params.paymentToken),
      ])
      return { auction, lot, unit }
    }),
  )
}

function matches(search: string, { auction, lot }: CatalogueEntry): boolean {
  return search === '' || matchSearch(search, auction, lot)
}

function parsePlace(after: string | null): ListPlace {
  const [, index, cursor] = /^(\d)\.(.*)$/.exec(after ?? '') ?? []
  return { index: Number(index ?? 0), cursor: cursor || null }
}
