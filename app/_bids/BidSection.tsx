'use client'

import { useQuery } from '@tanstack/react-query'
import { useConnection } from 'wagmi'
import type { Address } from 'viem'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { useNetwork } from '../_data/network'
import type { AuctionPhase } from '../_data/phase'
import { sameHex } from '../_format/hex'
import { Button } from '../_ui/Button'
import { Notice } from '../_ui/Notice'
import { QueryProblem } from '../_ui/QueryProblem'
import { Skeleton } from '../_ui/Skeleton'
import { WalletPicker } from '../_wallet/WalletPicker'
import { BidForm } from './BidForm'
import { downloadReceipt } from './downloadReceipt'
import { OwnBidPanel } from './OwnBidPanel'
import { liveBid, type OwnBid } from './readOwnBids'
import { browserStorage, isReceipt, isSameBid, readKeptBids } from './receiptStore'
import { useOwnBids } from './useOwnBids'

type Props = { auction: AuctionDetail; phase: AuctionPhase }

/** What the connected person can do here as a bidder: bid, or look after the bid that stands. */
export function BidSection({ auction, phase }: Props) {
  const { address } = useConnection()
  const { data: bids, error, refetch } = useOwnBids(auction, address)
  if (!address) return phase === 'open' ? <WalletPicker onDone={() => undefined} /> : null
  if (error) return <QueryProblem what="Your bids" error={error} onRetry={() => void refetch()} />
  if (!bids) return <Skeleton label="Looking for your bids" className="h-40" />
  const own = liveBid(bids)
  return (
    <div className="space-y-5">
      {own ? (
        <OwnBidPanel key={own.bid.seq} auction={auction} account={address} own={own} phase={phase} />
      ) : (
        <NoBid auction={auction} account={address} phase={phase} />
      )}
      <UnsentReceipts auction={auction} account={address} bids={bids} />
    </div>
  )
}

function NoBid({ auction, account, phase }: Props & { account: Address }) {
  if (phase !== 'open') return <p className="text-muted text-sm">You have no bid in this auction.</p>
  return (
    <>
      {sameHex(account, auction.seller) ? (
        <Notice tone="warn" title="You are the seller.">
          <p>Nothing stops you from bidding, but if you win you pay yourself, and others can see that you bid.</p>
        </Notice>
      ) : null}
      <BidForm auction={auction} account={account} replaces={null} />
    </>
  )
}

/** Bids that were sealed and saved here, but of which the chain knows nothing: on their way, or never sent. */
function UnsentReceipts({ auction, account, bids }: { auction: AuctionDetail; account: Address; bids: OwnBid[] }) {
  const { chainId, contracts } = useNetwork()
  const place = { chainId, contract: contracts.auctions, account, id: auction.id }
  const { data: kept } = useQuery({
    queryKey: ['kept-bids', place],
    queryFn: () => readKeptBids(place, browserStorage),
  })
  const unsent = kept?.filter((record) => !bids.some(({ bid }) => isSameBid(bid, record))) ?? []
  const last = unsent.at(-1)
  if (!last) return null
  return (
    <Notice title="A sealed bid is saved here that is not on the chain.">
      <p>
        If you declined it in your wallet, nothing happened and nothing is locked. If you sent it, it may still be
        included: look in your wallet before you bid again.
      </p>
      {isReceipt(last) ? <Button onClick={() => downloadReceipt(last)}>Download its receipt</Button> : null}
    </Notice>
  )
}
