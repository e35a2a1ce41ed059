import Link from 'next/link'
import { formatAmount, type Unit } from '../../_format/amount'
import { Hash } from '../../_ui/Hash'
import { Moment } from '../../_ui/Moment'
import { Notice } from '../../_ui/Notice'
import { ProofTag } from '../../_ui/ProofTag'
import { Term, Terms } from '../../_ui/Terms'
import { WaxSeal } from '../../_ui/WaxSeal'
import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import { You } from './You'

/** What came of it: who won, for how much, on whose word, and how far that word is proven. */
export function Result({ auction, unit }: { auction: AuctionDetail; unit: Unit }) {
  const { settlement, voided } = auction
  if (!settlement && !voided) return null
  return (
    <section aria-labelledby="result" className="space-y-4">
      <h2 id="result" className="text-2xl font-semibold">
        Result
      </h2>
      {settlement ? <Settled auction={auction} settlement={settlement} unit={unit} /> : <Voided auction={auction} />}
    </section>
  )
}

type SettledProps = {
  auction: AuctionDetail
  settlement: NonNullable<AuctionDetail['settlement']>
  unit: Unit
}

function Settled({ auction, settlement, unit }: SettledProps) {
  const winner = auction.winners[0]
  return (
    <>
      <div className="border-rule bg-sheet flex items-center gap-4 border p-4">
        <WaxSeal className="size-12 shrink-0" broken={auction.openings.length > 0} />
        {winner ? (
          <p className="font-serif text-xl">
            Sold to <You address={winner.bidder} label="winner" /> for{' '}
            <strong>{formatAmount(BigInt(winner.payment), unit)}</strong>
          </p>
        ) : (
          <p className="font-serif text-xl">
            Not sold: {auction.counts.live === 0 ? 'nobody bid.' : 'no bid reached the reserve.'}
          </p>
        )}
      </div>
      <Terms>
        <PriceSource auction={auction} unit={unit} />
        <Term name="Proof">
          <ProofTag proof={settlement.proof} />{' '}
          {settlement.proof.state === 'available'
            ? `${winner ? 'That no better bid was passed over' : 'That no bid reached the reserve'} can be checked by anyone, without opening those that lost.`
            : 'No proof bundle yet. The contract has checked the payment, the price opened on chain, and that the bids are these; that no higher bid was passed over rests on the enclave’s word.'}{' '}
          <Link href={`/audit/${auction.id}`} className="underline">
            {settlement.proof.state === 'available' ? 'Check it' : 'See what can be checked'}
          </Link>
        </Term>
        <Term name="Signed by">
          <Hash value={settlement.signer} label="signer" kind="address" />
        </Term>
        <Term name="Recorded">
          <Moment at={settlement.origin.time} />, in transaction{' '}
          <Hash value={settlement.origin.transactionHash} label="transaction" kind="transaction" />, block{' '}
          {settlement.origin.blockNumber}
        </Term>
      </Terms>
    </>
  )
}

function PriceSource({ auction, unit }: Omit<SettledProps, 'settlement'>) {
  const winner = auction.winners[0]
  if (!winner) return null
  const runnerUp = auction.openings.find(({ seq }) => seq !== winner.seq)
  if (auction.params.rule !== 'SECOND_PRICE') {
    return <Term name="The price comes from">the winning bid itself, opened on the chain</Term>
  }
  return (
    <Term name="The price comes from">
      {runnerUp ? (
        <>
          the second bid, {formatAmount(BigInt(runnerUp.price) * BigInt(auction.params.tickSize), unit)} by{' '}
          <You address={runnerUp.bidder} label="second bidder" />. The winner’s own price stays sealed
        </>
      ) : (
        'no other bid was opened, so the reserve is the price. That nobody else bid as much is the enclave’s word until a proof is published'
      )}
    </Term>
  )
}

function Voided({ auction }: { auction: AuctionDetail }) {
  const { voided, counts } = auction
  return (
    <Notice title="The auction is void: nothing was sold.">
      <p>
        {counts.live === 0
          ? 'It closed without a standing bid. The seller gets his lot back.'
          : 'It could not be settled in time. Every bidder gets his whole collateral back, and the seller his lot.'}
      </p>
      {voided ? (
        <p>
          <Moment at={voided.time} />, in transaction{' '}
          <Hash value={voided.transactionHash} label="transaction" kind="transaction" />
        </p>
      ) : null}
    </Notice>
  )
}
