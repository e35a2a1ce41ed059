import type { Batch } from '../../../../api/v1/_schemas/batch'
import { formatAmount } from '../../../../_format/amount'
import { formatPrice, formatSize, priceUnit } from '../../../../_format/quotation'
import type { MarketView } from '../../../../_orders/marketView'
import { Hash } from '../../../../_ui/Hash'
import { Moment } from '../../../../_ui/Moment'
import { Tag } from '../../../../_ui/Tag'
import { Term, Terms } from '../../../../_ui/Terms'
import { batchInWords } from '../../../../book/[id]/batchInWords'

type Props = { batch: Batch; view: MarketView }

/** What the settlement says, and on whose word. */
export function BatchClaim({ batch, view }: Props) {
  const { settlement, finalized } = batch
  const words = batchInWords(batch)
  return (
    <section aria-labelledby="claim" className="space-y-4">
      <h2 id="claim" className="text-2xl font-semibold">
        What was claimed
      </h2>
      <Terms>
        <Term name="Outcome">{outcomeOf(batch, view)}</Term>
        <Term name="Over">
          {batch.orders} {batch.orders === 1 ? 'order' : 'orders'} and {batch.cancellations}{' '}
          {batch.cancellations === 1 ? 'cancellation' : 'cancellations'} placed in this batch, and what rested from
          earlier ones
        </Term>
        {settlement ? (
          <>
            <Term name="By the enclave">
              <Hash value={settlement.signer} label="signer" kind="address" />
            </Term>
            {batch.keyId ? (
              <Term name="Orders sealed to">
                <Hash value={batch.keyId} label="sealing key" />
              </Term>
            ) : null}
            <Term name="Settled">
              <Moment at={settlement.origin.time} />, block {settlement.origin.blockNumber}, transaction{' '}
              <Hash value={settlement.origin.transactionHash} label="transaction" kind="transaction" />
            </Term>
          </>
        ) : null}
        <Term name="Where it stands">
          <Tag tone={words.tone}>{words.name}</Tag> {words.text}
          {words.at === null ? null : (
            <>
              {' '}
              <Moment at={words.at} />
            </>
          )}
          {batch.strikes > 0 ? `; ${batch.strikes} earlier settlement${batch.strikes === 1 ? '' : 's'} taken back` : ''}
        </Term>
        {finalized ? (
          <Term name="Fees">{formatAmount(BigInt(finalized.fees), view.quote)}, from both sides</Term>
        ) : null}
      </Terms>
    </section>
  )
}

function outcomeOf({ status, settlement }: Batch, view: MarketView): string {
  if (!settlement) return status === 'void' ? 'Nobody settled it in time: nothing traded' : 'None yet'
  if (settlement.fillCount === 0) return 'Nothing traded'
  const price = settlement.price === null ? 'no price' : `${formatPrice(settlement.price, view)} (${priceUnit(view)})`
  return `${formatSize(BigInt(settlement.lots), view)} bought and sold at ${price}, by ${settlement.fillCount} orders`
}
