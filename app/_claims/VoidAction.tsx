'use client'

import type { Address } from 'viem'
import { voidAuctionCall } from '../../lib/chain/calls/settlement'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { useNetwork } from '../_data/network'
import { ClaimRow } from './ClaimRow'

/** Ends an auction that cannot settle any more, so that everyone can be refunded. */
export function VoidAction({ auction, account }: { auction: AuctionDetail; account: Address }) {
  const network = useNetwork()
  const why = auction.counts.live === 0 ? 'Nobody bid.' : 'Nobody settled the auction in time.'
  return (
    <ClaimRow
      name={`${why} Declaring it void frees all collateral and the lot.`}
      done={null}
      label="Declare void"
      job={{
        account,
        title: 'Declare the auction void',
        preview: [`${why} Mark the auction as void: everyone can claim his whole collateral, the seller his lot.`],
        confirm: 'Declare void',
        done: 'The auction is void. Everyone can claim what is his.',
        run: (flow) => flow.send(voidAuctionCall(network, auction.id), 'Declare void'),
      }}
    />
  )
}
