'use client'

import { useConnection } from 'wagmi'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { liveBid } from '../_bids/readOwnBids'
import { useOwnBids } from '../_bids/useOwnBids'
import type { AuctionPhase } from '../_data/phase'
import { sameHex } from '../_format/hex'
import { BidderClaims } from './BidderClaims'
import { SellerClaims } from './SellerClaims'
import { VoidAction } from './VoidAction'
import { WithdrawBalance } from './WithdrawBalance'

/** What the connected person can collect now. A keeper usually has done it already; nobody has to wait for it. */
export function ClaimSection({ auction, phase }: { auction: AuctionDetail; phase: AuctionPhase }) {
  const { address } = useConnection()
  const { data: bids } = useOwnBids(auction, address)
  const own = bids && liveBid(bids)
  const ended = phase === 'final' || phase === 'voided'
  const seller = sameHex(address, auction.seller)
  if (!address || !(ended || phase === 'overdue' || phase === 'closed')) return null
  const voidable = phase === 'overdue' || (phase === 'closed' && auction.counts.live === 0)
  if (!voidable && !(ended && (own || seller))) return null
  return (
    <section aria-labelledby="claims" className="space-y-4">
      <h2 id="claims" className="text-2xl font-semibold">
        Yours to collect
      </h2>
      {voidable ? <VoidAction auction={auction} account={address} /> : null}
      {ended && own ? <BidderClaims auction={auction} own={own} account={address} /> : null}
      {ended && seller ? <SellerClaims auction={auction} account={address} /> : null}
      {ended ? <WithdrawBalance token={auction.params.paymentToken} account={address} /> : null}
    </section>
  )
}
