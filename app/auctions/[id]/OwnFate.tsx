'use client'

import Link from 'next/link'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { publicFate } from '../../_bids/bidFate'
import { useAccount } from '../../_data/useAccount'
import { sameHex } from '../../_format/hex'
import { Notice } from '../../_ui/Notice'
import { useOwnPart } from './useOwnPart'

/** What became of the viewer's own bid, and where that is shown; nothing to whoever has none, or won. */
export function OwnFate({ auction }: { auction: AuctionDetail }) {
  const account = useAccount()
  const bids = useOwnPart(auction.id, account, auction.counts.leaves)
  const { settlement, winners } = auction
  if (!settlement || !bids || winners.some(({ bidder }) => sameHex(bidder, account))) return null
  const proven = settlement.proof.state === 'available'
  const { title, why } = publicFate({ sold: winners.length > 0, reserve: auction.params.reserve })
  return (
    <Notice tone="yours" title={title}>
      <p>
        {why}{' '}
        {proven
          ? 'The proofs are published: they show it of your bid without telling anyone how much it was.'
          : 'No proofs of it are published, so that is the enclave’s word.'}
      </p>
      <p>
        <Link href={`/audit/${auction.id}`} className="inline-block py-1 underline">
          {proven ? 'Check it in your browser' : 'See what can be checked'}
        </Link>
      </p>
    </Notice>
  )
}
