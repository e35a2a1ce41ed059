'use client'

import type { Address } from 'viem'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { liveBid } from '../_bids/readOwnBids'
import { useOwnBids } from '../_bids/useOwnBids'
import type { AuctionPhase } from '../_data/phase'
import { Queries } from '../_data/Queries'
import { sameHex } from '../_format/hex'
import { BidderClaims } from './BidderClaims'
import { SellerClaims } from './SellerClaims'
import { VoidAction } from './VoidAction'
import { WithdrawBalance } from './WithdrawBalance'

type Props = { auction: AuctionDetail; account: Address; phase: AuctionPhase }

/** One account's claims in one auction; nothing where there is nothing to collect. */
export function ClaimDesk(props: Props) {
  return (
    <Queries>
      <Desk {...props} />
    </Queries>
  )
}

function Desk({ auction, account, phase }: Props) {
  const { data: bids } = useOwnBids(auction, account)
  const own = bids && liveBid(bids)
  const ended = phase === 'final' || phase === 'voided'
  const seller = sameHex(account, auction.seller)
  const voidable = phase === 'overdue' || (phase === 'closed' && auction.counts.live === 0)
  if (!voidable && !(ended && (own || seller))) return null
  return (
    <section aria-labelledby="claims" className="space-y-4">
      <h2 id="claims" className="text-2xl font-semibold">
        Yours to collect
      </h2>
      {voidable ? <VoidAction auction={auction} account={account} /> : null}
      {ended && own ? <BidderClaims auction={auction} own={own} account={account} /> : null}
      {ended && seller ? <SellerClaims auction={auction} account={account} /> : null}
      {ended ? <WithdrawBalance token={auction.params.paymentToken} account={account} /> : null}
    </section>
  )
}
