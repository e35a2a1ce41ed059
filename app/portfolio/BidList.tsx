import Link from 'next/link'
import type { Portfolio } from './portfolio'
import { fateOf } from './fateOf'
import { LotLine } from './LotLine'
import type { Money } from './moneyInWords'
import { Empty } from './Section'

/** The account's bids, the newest first. What was bid is not here: only its owner can read that, at the lot. */
export function BidList({ portfolio, money }: { portfolio: Portfolio; money: Money }) {
  const { bids, auctions, madeAt } = portfolio
  if (bids.length === 0) {
    return (
      <Empty>
        No bids yet.{' '}
        <Link href="/auctions" className="underline">
          See what is for sale
        </Link>
      </Empty>
    )
  }
  return (
    <ul className="divide-rule border-rule divide-y border-y">
      {bids.map((entry) => {
        const { bid, auction } = entry
        const lot = auctions.get(auction.id)?.lot ?? { title: 'Lot', kind: '' }
        return (
          <li key={`${auction.id} ${bid.seq}`}>
            <LotLine auction={auction} lot={lot} madeAt={madeAt} note={`bid number ${bid.seq + 1}`}>
              <span className="block font-semibold">{fateOf(entry)}</span>
              <span className="text-muted">
                {moneyOf(entry, (amount) => money(auction.params.paymentToken, amount))}
              </span>
            </LotLine>
          </li>
        )
      })}
    </ul>
  )
}

function moneyOf({ bid }: Portfolio['bids'][number], write: (amount: string) => string): string {
  if (bid.state !== 'live') return 'nothing locked'
  if (!bid.claim) return `${write(bid.collateral)} locked`
  return bid.won
    ? `paid ${write(bid.claim.payment)}, ${write(bid.claim.refund)} returned`
    : `${write(bid.claim.refund)} returned`
}
