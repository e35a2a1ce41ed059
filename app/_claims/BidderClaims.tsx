'use client'

import type { Address } from 'viem'
import { claimCall, claimLotCall } from '../../lib/chain/calls/claims'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import type { OwnBid } from '../_bids/readOwnBids'
import { useNetwork } from '../_data/network'
import { useUnit } from '../_data/useUnit'
import { formatAmount } from '../_format/amount'
import { ClaimRow } from './ClaimRow'

type Props = { auction: AuctionDetail; own: OwnBid; account: Address }

/** A bidder's collateral, less what he pays, and the lot if he won. */
export function BidderClaims({ auction, own, account }: Props) {
  const network = useNetwork()
  const unit = useUnit(auction.params.paymentToken)
  if (!unit) return null
  const { bid, won, claimed } = own
  const payment = won?.payment ?? 0n
  const back = formatAmount(bid.collateral - payment, unit)
  const paid = won ? `${formatAmount(payment, unit)} of what you locked pays for the lot.` : 'You pay nothing.'
  return (
    <>
      <ClaimRow
        name={won ? `The rest of what you locked: ${back}` : `What you locked: ${back}`}
        done={claimed ? 'In your balance' : null}
        label="Claim"
        job={{
          account,
          title: 'Claim what you locked',
          preview: [`Unlock your collateral. ${paid}`, `${back} go to your balance in the contract.`],
          confirm: 'Claim',
          done: `${back} are in your balance.`,
          run: (flow) => flow.send(claimCall(network, auction.id, bid), 'Claim'),
        }}
      />
      {won ? (
        <ClaimRow
          name="The lot you won"
          done={own.lotSentTo ? 'Sent to you' : null}
          label="Claim the lot"
          job={{
            account,
            title: 'Claim the lot',
            preview: ['Have the contract send the lot you won to your wallet.'],
            confirm: 'Claim the lot',
            done: 'The lot is in your wallet.',
            run: async (flow) => {
              const claim = { id: auction.id, bidder: account, slot: bid.slot, to: account }
              await flow.send(claimLotCall(network, claim), 'Claim the lot')
            },
          }}
        />
      ) : null}
    </>
  )
}
