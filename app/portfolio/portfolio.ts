import type { Address } from 'viem'
import type { AccountBid, AccountBook, Activity, Balance, Lock } from '../api/v1/_schemas/account'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import type { Unit } from '../_format/amount'
import type { LotView } from '../_lot/lotView'

/** An auction that the account sells or bids in, with what its settlement gave. */
export type PortfolioAuction = { auction: AuctionDetail; lot: LotView }

export type Portfolio = {
  address: Address
  balances: Balance[]
  locks: Lock[]
  bids: AccountBid[]
  bidCount: number
  sales: AuctionDetail[]
  /** What it has in the order book. */
  book: AccountBook
  activity: Activity[]
  /** Where older activity begins; null: there is none. */
  older: string | null
  /** By id: every auction that the lists name. */
  auctions: Map<string, PortfolioAuction>
  /** By address, of every token that the lists name; absent where a contract does not say. */
  units: Map<string, Unit>
  madeAt: number
}
