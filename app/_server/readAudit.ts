import type { Hex } from 'viem'
import { listLeaves } from '../../lib/db/bids'
import type { Database } from '../../lib/db/client'
import { findSettlement, listSettlements, type SettlementPosition } from '../../lib/db/settlementList'
import { decodeSettlementCursor, encodeSettlementCursor } from '../api/v1/_lib/cursor'
import { toAddress } from '../api/v1/_lib/hex'
import { toSettlementEntry } from '../api/v1/_lib/settlementView'
import type { SettlementEntry } from '../api/v1/_schemas/settlement'
import type { Unit } from '../_format/amount'
import type { AuditFilters } from '../audit/auditFilters'
import type { LeafSketch } from '../audit/leafSketch'
import { readAuctionPage, type AuctionPageData } from './readAuctionPage'
import { readHead } from './readHead'
import { readLot } from './readLot'
import { readUnit } from './readUnit'

/** `leaves`: the first ones, and the winner’s. */
export type AuditPageData = AuctionPageData & { settled: SettlementEntry; leaves: LeafSketch[] }

/** `title`: what the lot's own token calls it. */
export type AuditListEntry = { entry: SettlementEntry; title: string; unit: Unit | null }
export type AuditList = { entries: AuditListEntry[]; next: string | null; madeAt: number }

const PAGE = 20
/** Leaves that are drawn one by one. */
const DRAWN = 7

/** One page of settlements, newest first. A place that no page gave out counts as the beginning. */
export async function readAuditList(db: Database, { proof, rule, q, after }: AuditFilters): Promise<AuditList> {
  const { now } = await readHead(db)
  const { settlements, next } = await listSettlements(db, {
    ...{ proof: proof ?? undefined, rule: rule ?? undefined, q: q || undefined, limit: PAGE },
    after: placeOf(after),
  })
  const entries = await Promise.all(
    settlements.map(async (record) => {
      const entry = toSettlementEntry(record)
      const { lot } = record
      const [{ title }, unit] = await Promise.all([
        readLot(entry.auctionId, {
          ...{ lotKind: lot.lotKind, lotToken: toAddress(lot.lotToken) },
          ...{ lotTokenId: lot.lotTokenId.toString(), lotSize: lot.lotSize.toString() },
        }),
        readUnit(entry.paymentToken),
      ])
      return { entry, title, unit }
    }),
  )
  return { entries, next: encodeSettlementCursor(next), madeAt: Number(now) }
}

function placeOf(after: string | null): SettlementPosition | undefined {
  try {
    return decodeSettlementCursor(after ?? undefined)
  } catch {
    return undefined
  }
}

/** One settled auction, for those who check it; null where there is no settlement. */
export async function readAuditPage(id: Hex, db: Database): Promise<AuditPageData | null> {
  const [page, settlement] = await Promise.all([readAuctionPage(id, db), findSettlement(db, id, null)])
  if (!page || !settlement) return null
  const winnerSeq = page.auction.winners[0]?.seq ?? 0
  const [{ leaves: first }, { leaves: won }] = await Promise.all([
    listLeaves(db, { auctionId: id, limit: DRAWN }),
    listLeaves(db, { auctionId: id, afterSeq: winnerSeq - 1, limit: 1 }),
  ])
  const leaves = winnerSeq < DRAWN ? first : [...first, ...won]
  return {
    ...page,
    settled: toSettlementEntry(settlement),
    leaves: leaves.map((leaf) => ({
      seq: leaf.seq,
      bidder: toAddress(leaf.bidder),
      fate: leaf.kind === 'cancellation' ? 'cancellation' : leaf.state === 'LIVE' ? 'live' : 'taken back',
    })),
  }
}
