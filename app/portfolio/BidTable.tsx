'use client'

import Link from 'next/link'
import type { AccountBid } from '../api/v1/_schemas/account'
import { phaseOf, PHASES } from '../_data/phase'
import { useChainClock, type ChainClock } from '../_data/useChainClock'
import { useUnit } from '../_data/useUnit'
import { formatAmount } from '../_format/amount'
import { useLot } from '../_lot/useLot'
import { Notice } from '../_ui/Notice'
import { WaxSeal } from '../_ui/WaxSeal'

/** The account's bids, the newest first, each leading to its lot. */
export function BidTable({ bids }: { bids: readonly AccountBid[] }) {
  const clock = useChainClock()
  if (bids.length === 0) {
    return (
      <Notice title="No bids yet.">
        <p>
          <Link href="/auctions" className="underline">
            See what is for sale
          </Link>
        </p>
      </Notice>
    )
  }
  return (
    <ul className="divide-rule border-rule divide-y border-y">
      {bids.map((entry) => (
        <li key={`${entry.auction.id}-${entry.bid.seq}`}>
          <BidRow entry={entry} clock={clock} />
        </li>
      ))}
    </ul>
  )
}

function BidRow({ entry, clock }: { entry: AccountBid; clock: ChainClock | undefined }) {
  const { bid, auction } = entry
  const lot = useLot(auction.params)
  const unit = useUnit(auction.params.paymentToken)
  const { params, settlement } = auction
  const phase = clock && phaseOf({ params, settlement, voided: auction.phase === 'voided' }, clock)
  return (
    <div className="relative flex flex-wrap items-center gap-x-4 gap-y-1 py-4 text-sm">
      <WaxSeal className={`size-8 ${bid.state === 'live' ? '' : 'opacity-40'}`} />
      <div className="min-w-48 flex-1">
        <Link
          href={`/auctions/${auction.id}`}
          className="font-serif text-lg font-semibold after:absolute after:inset-0"
        >
          {lot.title}
        </Link>
        <p className="text-muted">{phase ? PHASES[phase].name : ''}</p>
      </div>
      <p className="text-right">
        <span className="block font-semibold">{fate(entry)}</span>
        {unit ? <span className="text-muted">{moneyOf(entry, (amount) => formatAmount(amount, unit))}</span> : null}
      </p>
    </div>
  )
}

function fate({ bid, auction }: AccountBid): string {
  if (bid.state === 'replaced') return 'Replaced'
  if (bid.state === 'cancelled') return 'Withdrawn'
  if (bid.won) return 'Won'
  if (auction.settlement) return 'Not won'
  return auction.phase === 'voided' ? 'Void' : 'Sealed and counted'
}

function moneyOf({ bid }: AccountBid, format: (amount: bigint) => string): string {
  if (bid.state !== 'live') return 'nothing locked'
  if (bid.claim) return `${format(BigInt(bid.claim.refund))} returned`
  return `${format(BigInt(bid.collateral))} locked`
}
