import Link from 'next/link'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import type { Portfolio } from './portfolio'
import { countBids } from '../auctions/countBids'
import { LotLine } from './LotLine'
import type { Money } from './moneyInWords'
import { Empty } from './Section'

/** The account's own auctions, the newest first. */
export function SaleList({ portfolio, money }: { portfolio: Portfolio; money: Money }) {
  const { sales, auctions, madeAt } = portfolio
  if (sales.length === 0) {
    return (
      <Empty>
        Nothing offered yet.{' '}
        <Link href="/auctions/new" className="underline">
          Sell something
        </Link>
      </Empty>
    )
  }
  return (
    <ul className="divide-rule border-rule divide-y border-y">
      {sales.map((auction) => (
        <li key={auction.id}>
          <LotLine
            auction={auction}
            lot={auctions.get(auction.id)?.lot ?? { title: 'Lot', kind: '' }}
            madeAt={madeAt}
            note={countBids(auction.counts.live)}
          >
            <span className="block font-semibold">{outcomeOf(auction, money)}</span>
            <span className="text-muted">{paidOf(auction)}</span>
          </LotLine>
        </li>
      ))}
    </ul>
  )
}

function outcomeOf({ phase, settlement, winners, params }: AuctionDetail, money: Money): string {
  if (phase === 'voided') return 'Void'
  if (!settlement) return phase === 'open' ? 'Taking bids' : 'Waiting for its outcome'
  const [winner] = winners
  return winner ? `Sold for ${money(params.paymentToken, winner.payment)}` : 'Not sold'
}

function paidOf({ phase, settlement, proceedsClaimed, lotsReclaimed, params, winners }: AuctionDetail): string {
  if (phase !== 'voided' && !settlement) return ''
  if (phase === 'settled') return 'not final yet'
  if (winners.length > 0 && phase !== 'voided')
    return proceedsClaimed === null ? 'proceeds not collected' : 'proceeds paid'
  return lotsReclaimed >= params.supply ? 'lot came back' : 'lot not taken back'
}
