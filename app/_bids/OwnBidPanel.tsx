'use client'

import { useState } from 'react'
import type { Address } from 'viem'
import { cancelBidCall } from '../../lib/chain/calls/bids'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { useNetwork } from '../_data/network'
import type { AuctionPhase } from '../_data/phase'
import { useUnit } from '../_data/useUnit'
import { formatAmount } from '../_format/amount'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import { Hash } from '../_ui/Hash'
import { Skeleton } from '../_ui/Skeleton'
import { Term, Terms } from '../_ui/Terms'
import { WaxSeal } from '../_ui/WaxSeal'
import { ownFate } from './bidFate'
import { BidForm } from './BidForm'
import { describeUnlock } from './describeBid'
import { ForgetReceipt } from './ForgetReceipt'
import { OwnPrice } from './OwnPrice'
import type { OwnBid } from './readOwnBids'
import { useRevealedBid } from './useRevealedBid'

type Props = { auction: AuctionDetail; account: Address; own: OwnBid; phase: AuctionPhase }

/** One's own standing bid: sealed and counted, readable by its owner, replaceable until the close. */
export function OwnBidPanel({ auction, account, own, phase }: Props) {
  const network = useNetwork()
  const { propose, busy } = useTransactions()
  const unit = useUnit(auction.params.paymentToken)
  const revealed = useRevealedBid(auction, account, own)
  const [replacing, setReplacing] = useState(false)
  if (!unit) return <Skeleton label="Loading your bid" className="h-40" />
  const { bid } = own
  const locked = formatAmount(bid.collateral, unit)
  const { settleBy, challengeWindow, reserve } = auction.params
  const lost = auction.settlement !== null && !auction.winners.some(({ seq }) => seq === bid.seq)
  const fateOf = lost ? (price: number) => ownFate(price, { sold: auction.winners.length > 0, reserve }) : undefined

  function cancel() {
    if (!unit) return
    propose({
      account,
      title: 'Withdraw your bid',
      preview: [
        'Take your sealed bid out of the auction. It stays readable by the enclave, but does not count.',
        `Unlock ${locked}: it goes to your balance in the contract, from where you can withdraw it.`,
      ],
      confirm: 'Withdraw the bid',
      done: `Your bid is withdrawn, and ${locked} are in your balance.`,
      run: (flow) => flow.send(cancelBidCall(network, auction.id, bid), 'Withdraw your bid'),
    })
  }

  return (
    <div className="space-y-5">
      <div className="border-rose bg-rose-wash flex items-start gap-4 border-l-4 p-4">
        <WaxSeal className="size-14 shrink-0" />
        <div className="space-y-1">
          <p className="font-serif text-lg font-semibold">
            Your bid is {phase === 'open' ? 'sealed and counted' : 'in'}
          </p>
          <OwnPrice revealed={revealed} tickSize={BigInt(auction.params.tickSize)} unit={unit} fateOf={fateOf} />
        </div>
      </div>
      <Terms>
        <Term name="Locked">
          {describeLocked(
            own,
            phase,
            `${locked}, until ${describeUnlock({ settleBy: BigInt(settleBy), challengeWindow })}`,
          )}
        </Term>
        <Term name="Place in the order">{bid.seq + 1}</Term>
        <Term name="Transaction">
          <Hash value={own.transactionHash} label="transaction" />
        </Term>
      </Terms>
      {own.claimed && revealed.receipt ? <ForgetReceipt onForget={revealed.forget} /> : null}
      {phase === 'open' ? (
        <div className="flex flex-wrap gap-3">
          <Button look="seal" onClick={() => setReplacing(!replacing)} aria-expanded={replacing}>
            {replacing ? 'Keep this bid' : 'Replace'}
          </Button>
          <Button onClick={cancel} disabled={busy}>
            Withdraw
          </Button>
        </div>
      ) : null}
      {replacing && phase === 'open' ? (
        <BidForm auction={auction} account={account} replaces={own} onDone={() => setReplacing(false)} />
      ) : null}
    </div>
  )
}

function describeLocked(own: OwnBid, phase: AuctionPhase, locked: string): string {
  if (own.claimed) return 'Nothing any more'
  return phase === 'final' || phase === 'voided' ? 'Free: collect it above' : locked
}
