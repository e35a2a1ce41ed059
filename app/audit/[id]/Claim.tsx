import type { AuctionDetail } from '../../api/v1/_schemas/auction'
import type { SettlementEntry } from '../../api/v1/_schemas/settlement'
import { formatAmount, type Unit } from '../../_format/amount'
import { Hash } from '../../_ui/Hash'
import { Moment } from '../../_ui/Moment'
import { ProofTag } from '../../_ui/ProofTag'
import { Term, Terms } from '../../_ui/Terms'
import { RULES } from '../../auctions/rules'

type Props = { auction: AuctionDetail; settled: SettlementEntry; unit: Unit }

const PROOF_WORDS = {
  available: 'They are here, and are those that the settlement named. Whether they hold, the checks say.',
  missing: 'The settlement names proofs that nobody had so far. They are asked for again and again.',
  none: 'The settlement names no proofs: who won rests on the enclave’s word.',
}

/** What the settlement says, and on whose word. */
export function Claim({ auction, settled, unit }: Props) {
  const [winner] = auction.winners
  return (
    <section aria-labelledby="claim" className="space-y-4">
      <h2 id="claim" className="text-2xl font-semibold">
        What was claimed
      </h2>
      <Terms>
        <Term name="Outcome">
          {winner ? (
            <>
              Bid {winner.seq + 1}, by <Hash value={winner.bidder} label="winner" kind="address" />, wins and pays{' '}
              {formatAmount(BigInt(winner.payment), unit)}
            </>
          ) : (
            'No bid could win, and nothing is sold'
          )}
        </Term>
        <Term name="By the rule">{RULES[settled.rule].name}</Term>
        <Term name="Over">
          {auction.counts.leaves} {auction.counts.leaves === 1 ? 'bid or cancellation' : 'bids and cancellations'}, of
          which {auction.counts.live} stood at the close
        </Term>
        <Term name="By the enclave">
          <Hash value={settled.signer} label="signer" kind="address" />
        </Term>
        <Term name="Bids sealed to">
          <Hash value={auction.params.keyId} label="sealing key" />
        </Term>
        <Term name="Settled">
          <Moment at={settled.origin.time} />, block {settled.origin.blockNumber}, transaction{' '}
          <Hash value={settled.origin.transactionHash} label="transaction" kind="transaction" />
        </Term>
        <Term name="Proofs">
          <ProofTag proof={settled.proof} /> {PROOF_WORDS[settled.proof.state]}
          {settled.proof.url && settled.proof.bytes !== null ? (
            <>
              {' '}
              <a href={settled.proof.url} className="underline">
                Download, {settled.proof.bytes.toLocaleString('en-GB')} bytes
              </a>
            </>
          ) : null}
        </Term>
        <Term name="Their hash">
          <Hash value={settled.proofHash} label="proof hash" />
        </Term>
      </Terms>
    </section>
  )
}
