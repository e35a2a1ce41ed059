import { zeroAddress } from 'viem'
import type { MarketDetail, Token } from '../../api/v1/_schemas/market'
import { formatAmount } from '../../_format/amount'
import { formatSize, priceStep, priceUnit } from '../../_format/quotation'
import { formatSpan } from '../../_format/time'
import type { MarketView } from '../../_orders/marketView'
import { Hash } from '../../_ui/Hash'
import { Moment } from '../../_ui/Moment'
import { Tag } from '../../_ui/Tag'
import { Term, Terms } from '../../_ui/Terms'

type Props = { market: MarketDetail; view: MarketView; simulated: boolean }

/** What was fixed when the market was opened, in plain words. Nobody can change any of it. */
export function MarketTerms({ market, view, simulated }: Props) {
  return (
    <section aria-labelledby="terms" className="space-y-4">
      <h2 id="terms" className="text-2xl font-semibold">
        Rules
      </h2>
      <p className="text-muted text-sm">Fixed when the market opened. Nobody can change them, its creator included.</p>
      <Terms>
        <Term name="Traded">
          <TokenWords token={market.base} symbol={view.base.symbol} />, in steps of {formatSize(1, view)}
        </Term>
        <Term name="Paid in">
          <TokenWords token={market.quote} symbol={view.quote.symbol} />, in steps of{' '}
          {formatAmount(priceStep(view), view.quote)} ({priceUnit(view)})
        </Term>
        <Term name="Batches">
          of {formatSpan(view.batchLength)} each. All orders of a batch, and those that rest, are cleared at once, at
          the one price at which most is traded
        </Term>
        <Term name="Who is filled">
          Strictly better prices in full; at the price itself in proportion to size, remainders to the earlier order
        </Term>
        <Term name="Fee">
          {view.feeBps === 0 ? 'None' : `${view.feeBps / 100} % of what is paid, from each side, rounded up`}
        </Term>
        <Term name="Price band">
          A batch clears at most {view.bandBps / 100} % from the last price; where orders would trade beyond that alone,
          the band moves on, a step a batch
        </Term>
        <Term name="Settled">
          within {formatSpan(view.batchSettleBy)} of its end, by the enclave; otherwise the batch is void: nothing
          trades in it, and resting orders rest
        </Term>
        <Term name="Challenge window">
          {view.challengeWindow === 0
            ? 'None: a settlement is final at once'
            : `${formatSpan(view.challengeWindow)} after the settlement. Fills can be traded on at once, and withdrawn once they are final`}
        </Term>
        <Term name="Least order">{formatSize(view.minLots, view)}</Term>
        <Term name="An order trades">
          for at most {view.maxOrderAge.toLocaleString('en')} batches after the one that it came into
        </Term>
        <Term name="Sealed to">
          the keys of operator <Hash value={view.operator} label="operator" kind="address" />. The clock says which one
          serves a batch. A batch without a key takes no orders
        </Term>
        <Term name="Cancelling">
          counts from the batch of the block that takes it; earlier batches that are not settled yet may still fill the
          order
        </Term>
        <Term name="Withdrawing">
          Ask for margin at any time. It is paid once that batch and every one before it is final or void: at the latest{' '}
          {formatSpan(2 * (view.batchSettleBy + view.challengeWindow))} after the batch ends, whatever the operator does
        </Term>
        <Term name="Opened">
          <Moment at={market.created.time} /> by <Hash value={market.creator} label="creator" kind="address" />, in
          transaction <Hash value={market.created.transactionHash} label="transaction" kind="transaction" />
        </Term>
        <Term name="Market">
          <Hash value={market.id} label="market number" />
        </Term>
        {market.batch.keyId ? (
          <Term name="Sealing key now">
            <Hash value={market.batch.keyId} label="sealing key" />{' '}
            {simulated ? <Tag tone="warn">simulated enclave</Tag> : null}
          </Term>
        ) : null}
      </Terms>
    </section>
  )
}

/** Anyone can name a token as he likes, so its address stands beside its name. */
function TokenWords({ token, symbol }: { token: Token; symbol: string }) {
  if (token.address === zeroAddress) return <>{symbol}, the chain’s own coin</>
  return (
    <>
      {symbol} <Hash value={token.address} label={`token ${symbol}`} kind="address" />
    </>
  )
}
