import type { Hex } from 'viem'
import { findAuction } from '../../lib/db/auctions'
import type { Database } from '../../lib/db/client'
import { readOutcome } from '../../lib/db/settlements'
import { toAuctionDetail } from '../api/v1/_lib/auctionView'
import { database } from '../api/v1/_lib/database'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import type { Unit } from '../_format/amount'
import type { LotView } from '../_lot/lotView'
import { readHead } from './readHead'
import { readLot } from './readLot'
import { readUnit } from './readUnit'

/** `madeAt`: the newest block's time that the index knew of, Unix seconds. `simulated`: as the index says. */
export type AuctionDetailData = { auction: AuctionDetail; madeAt: number; simulated: boolean }
/** `unit` of the payment token, `lotUnit` of the lot where it is an ERC-20; null where a contract does not say. */
export type AuctionPageData = AuctionDetailData & { lot: LotView; unit: Unit | null; lotUnit: Unit | null }

/** @returns null where the index has no such auction. */
export async function readAuctionDetail(id: Hex, db: Database = database()): Promise<AuctionDetailData | null> {
  const [{ now, simulated }, auction, outcome] = await Promise.all([
    readHead(db),
    findAuction(db, id),
    readOutcome(db, id),
  ])
  return auction && { auction: toAuctionDetail(auction, outcome, now), madeAt: Number(now), simulated }
}

/** All that an auction's page shows to everyone. */
export async function readAuctionPage(id: Hex, db: Database): Promise<AuctionPageData | null> {
  const found = await readAuctionDetail(id, db)
  if (!found) return null
  const { params } = found.auction
  const [lot, unit, lotUnit] = await Promise.all([
    readLot(id, params),
    readUnit(params.paymentToken),
    params.lotKind === 'ERC20' ? readUnit(params.lotToken) : null,
  ])
  return { ...found, lot, unit, lotUnit }
}
