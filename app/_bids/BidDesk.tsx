'use client'

import { useState } from 'react'
import type { Address } from 'viem'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import type { AuctionPhase } from '../_data/phase'
import { Queries } from '../_data/Queries'
import { sameHex } from '../_format/hex'
import { Notice } from '../_ui/Notice'
import { QueryProblem } from '../_ui/QueryProblem'
import { Skeleton } from '../_ui/Skeleton'
import { useWallet } from '../_wallet/useWallet'
import { WrongChain } from '../_wallet/WrongChain'
import { useNetwork } from '../_data/network'
import { KeptRecords } from '../_sealing/KeptRecords'
import { isSameCommitment } from '../_sealing/receiptStore'
import { BidForm } from './BidForm'
import { OwnBidPanel } from './OwnBidPanel'
import { liveBid } from './readOwnBids'
import { useOwnBids } from './useOwnBids'

type Props = { auction: AuctionDetail; account: Address; phase: AuctionPhase }

/** One account's bid in one auction: to make, to look after, and to read again. */
export function BidDesk(props: Props) {
  return (
    <Queries>
      <Desk {...props} />
    </Queries>
  )
}

function Desk({ auction, account, phase }: Props) {
  const { data: bids, error, refetch } = useOwnBids(auction, account)
  const { chainId } = useWallet()
  const network = useNetwork()
  if (!bids && error) {
    return (
      <div className="space-y-3">
        <QueryProblem what="Your bids" error={error} onRetry={() => void refetch()} />
        <p className="text-muted text-sm">
          They are read from the chain itself, which does not answer this page now. A bid that was counted stays
          counted, and what it locks stays yours.
        </p>
      </div>
    )
  }
  if (!bids) return <Skeleton label="Looking for your bids" className="h-40" />
  const own = liveBid(bids)
  return (
    <div className="space-y-5">
      {error ? (
        <Notice tone="warn" title="The chain does not answer now" live>
          <p>What you see of your bids is as it was last read. Nothing is lost: this page keeps trying.</p>
        </Notice>
      ) : null}
      {chainId !== network.chainId ? <WrongChain /> : null}
      {own ? (
        <OwnBidPanel key={own.bid.seq} auction={auction} account={account} own={own} phase={phase} />
      ) : (
        <NoBid auction={auction} account={account} phase={phase} />
      )}
      <KeptRecords
        place={{
          room: 'auctions' as const,
          chainId: network.chainId,
          contract: network.contracts.auctions,
          account,
          id: auction.id,
        }}
        thing="bid"
        nameOf={(record) => {
          const found = bids.find(({ bid }) => isSameCommitment(bid, record))
          return found ? `Bid #${found.bid.seq + 1}${found.withdrawn ? ', withdrawn' : ''}` : null
        }}
      />
    </div>
  )
}

function NoBid({ auction, account, phase }: Props) {
  const [typing, setTyping] = useState(false)
  if (phase !== 'open' && typing) {
    return (
      <Notice tone="warn" title="The auction closed while you were typing." live>
        <p>Your bid was not sent, and nothing of yours is locked. The contract takes no more bids for this lot.</p>
      </Notice>
    )
  }
  if (phase !== 'open') return <p className="text-muted text-sm">You have no bid in this auction.</p>
  return (
    <>
      {sameHex(account, auction.seller) ? (
        <Notice tone="warn" title="You are the seller.">
          <p>Nothing stops you from bidding, but if you win you pay yourself, and others can see that you bid.</p>
        </Notice>
      ) : null}
      <BidForm auction={auction} account={account} replaces={null} onTyping={() => setTyping(true)} />
    </>
  )
}
