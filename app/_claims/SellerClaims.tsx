'use client'

import type { Address } from 'viem'
import { claimProceedsCall, reclaimLotCall } from '../../lib/chain/calls/claims'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { useNetwork } from '../_data/network'
import { useUnit } from '../_data/useUnit'
import { formatAmount } from '../_format/amount'
import { ClaimRow } from './ClaimRow'

/** The seller's proceeds, or his lot where it was not sold. */
export function SellerClaims({ auction, account }: { auction: AuctionDetail; account: Address }) {
  const network = useNetwork()
  const unit = useUnit(auction.params.paymentToken)
  if (!unit) return null
  const sold = auction.settlement?.totalFilled ?? 0
  const proceeds = auction.winners.reduce((sum, { payment }) => sum + BigInt(payment), 0n)
  const total = formatAmount(proceeds, unit)
  return (
    <>
      {proceeds > 0n ? (
        <ClaimRow
          name={`Your proceeds: ${total}`}
          done={auction.proceedsClaimed === null ? null : 'In your balance'}
          label="Claim proceeds"
          job={{
            account,
            title: 'Claim your proceeds',
            preview: [`Have the contract credit ${total} to your balance.`],
            confirm: 'Claim proceeds',
            done: `${total} are in your balance.`,
            run: (flow) => flow.send(claimProceedsCall(network, auction.id), 'Claim proceeds'),
          }}
        />
      ) : null}
      {sold < auction.params.supply ? (
        <ClaimRow
          name="Your lot, which was not sold"
          done={auction.lotsReclaimed > 0 ? 'Sent back to you' : null}
          label="Take the lot back"
          job={{
            account,
            title: 'Take the lot back',
            preview: ['Have the contract send the unsold lot to your wallet.'],
            confirm: 'Take it back',
            done: 'The lot is in your wallet.',
            run: (flow) => flow.send(reclaimLotCall(network, auction.id, account), 'Take the lot back'),
          }}
        />
      ) : null}
    </>
  )
}
