'use client'

import { useConnection } from 'wagmi'
import { useUnit } from '../../_data/useUnit'
import { formatAmount, type Unit } from '../../_format/amount'
import { sameHex } from '../../_format/hex'
import { Hash } from '../../_ui/Hash'
import { Notice } from '../../_ui/Notice'
import { Tag } from '../../_ui/Tag'
import { Term, Terms } from '../../_ui/Terms'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'

/** What came of it: who won, for how much, on whose word, and how far that word is proven. */
export function Result({ auction }: { auction: AuctionDetail }) {
  const unit = useUnit(auction.params.paymentToken)
  const { settlement } = auction
  if (!unit) return null
  return (
    <section aria-labelledby="result" className="space-y-4">
      <h2 id="result" className="text-2xl font-semibold">
        Result
      </h2>
      {settlement ? <Settled auction={auction} settlement={settlement} unit={unit} /> : <Voided />}
    </section>
  )
}

type SettledProps = {
  auction: AuctionDetail
  settlement: NonNullable<AuctionDetail['settlement']>
  unit: Unit
}

function Settled({ auction, settlement, unit }: SettledProps) {
  const { address } = useConnection()
  const tick = BigInt(auction.params.tickSize)
  const winner = auction.winners[0]
  const runnerUp = auction.openings.find(({ seq }) => seq !== winner?.seq)
  return (
    <>
      {winner ? (
        <p className="font-serif text-xl">
          Sold to{' '}
          {sameHex(winner.bidder, address) ? (
            <strong className="text-rose">you</strong>
          ) : (
            <Hash value={winner.bidder} label="winner" />
          )}{' '}
          for <strong>{formatAmount(BigInt(winner.payment), unit)}</strong>
        </p>
      ) : (
        <p className="font-serif text-xl">Not sold: no bid reached the reserve.</p>
      )}
      <Terms>
        {auction.params.rule === 'SECOND_PRICE' && winner ? (
          <Term name="The price comes from">
            {runnerUp ? (
              <>
                the second bid, {formatAmount(BigInt(runnerUp.price) * tick, unit)} by{' '}
                <Hash value={runnerUp.bidder} label="second bidder" />
              </>
            ) : (
              'no other bid was opened, so the reserve is the price. That nobody else bid as much is the enclave’s word until a proof is published'
            )}
          </Term>
        ) : null}
        <Term name="Signed by">
          <Hash value={settlement.signer} label="signer" />
        </Term>
        <Term name="Proof">
          <Tag tone="warn">unproven</Tag> No proof bundle yet. The contract has checked the payment, the price opened on
          chain, and that the bids are these; that no higher bid was passed over rests on the enclave’s word.
        </Term>
        <Term name="Transaction">
          <Hash value={settlement.origin.transactionHash} label="transaction" />
        </Term>
      </Terms>
    </>
  )
}

function Voided() {
  return (
    <Notice title="The auction is void: nothing was sold.">
      <p>Every bidder gets his whole collateral back, and the seller his lot.</p>
    </Notice>
  )
}
