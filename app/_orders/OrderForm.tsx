'use client'

import { useId, useRef, useState } from 'react'
import type { Address } from 'viem'
import { getWalletClient } from 'wagmi/actions'
import { EnclaveNote } from '../_attest/EnclaveNote'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import { formatPrice, formatPriceNumber, priceUnit } from '../_format/quotation'
import { useTransactions } from '../_transaction/TransactionProvider'
import type { MarginView } from '../_margin/freeMargin'
import { receiptReason } from '../_polkadot/polkadotSecret'
import { knownSecret } from '../_sealing/secrets'
import { AmountField } from '../_ui/AmountField'
import { Button } from '../_ui/Button'
import { Choice } from '../_ui/Choice'
import { useCheckedFields } from '../_ui/useCheckedFields'
import { useWalletSession } from '../_wallet/useWallet'
import { describeLeaks, describeOrder } from './describeOrder'
import type { MarketView } from './marketView'
import { OrderCost } from './OrderCost'
import { changeOrder, draftOrder, FIRST_FORM, type OrderField, type OrderForm as Form } from './orderDraft'
import { OrderOptions } from './OrderOptions'
import { isSell } from './orderTerms'
import { placeSealedOrder } from './placeSealedOrder'
import { crosses } from './selfTrade'
import { useOrderKey } from './useOrderKey'
import { isOpen, type BookOrder } from './useOwnBook'
import { worstPrice } from './worstPrice'

type Props = {
  market: MarketView
  account: Address
  margin: MarginView
  /** One's own orders. */
  orders: readonly BookOrder[]
  /** Those of them that may still trade, and that nothing here opens: what they reserve is not known. */
  unread: number
  /** Chain time, Unix seconds. */
  now: number
}

/** Asks for side, price and size, says what an order costs and tells, and proposes the sealed order. */
export function OrderForm({ market, account, margin, orders, unread, now }: Props) {
  const network = useNetwork()
  const chain = useChain()
  const session = useWalletSession()
  const { propose, busy } = useTransactions()
  const name = useId()
  const key = useOrderKey(market, now)
  const [form, setForm] = useState<Form>(FIRST_FORM)
  const fields = useCheckedFields<OrderField>()
  const element = useRef<HTMLFormElement>(null)
  const change = (changes: Partial<Form>) => setForm((before) => changeOrder(before, changes))

  const isMarket = form.type === 'market'
  // A market order's worst price is the band's edge, beyond which nothing clears anyway, unless its owner says another.
  const worst = isMarket ? worstPrice(form.side, market) : undefined
  const draft = draftOrder(form, market, now, worst)
  const field = (name: OrderField) => ({
    ...fields.of(name, form[name], (text) => change({ [name]: text })),
    error: draft.ok ? undefined : draft.errors[name],
  })
  const selling = form.side === 'sell'
  const crossed = draft.ok
    ? orders.find((entry) => isOpen(entry) && entry.terms !== null && crosses(entry.terms, draft.terms))
    : undefined

  function submit() {
    fields.tryAll(element.current)
    if (!draft.ok || !key.data) return
    const { terms } = draft
    const place = {
      room: 'book' as const,
      chainId: network.chainId,
      contract: network.contracts.book,
      account,
      id: market.id,
    }
    const receipt = receiptReason(account)
    const signs = receipt === null && knownSecret(place) === undefined
    propose({
      account,
      room: 'book',
      title: selling ? 'Seal and place your sell order' : 'Seal and place your buy order',
      preview: describeOrder(terms, market, { signs, receipt, free: margin.free, now }),
      leaks: describeLeaks(market, margin.counted),
      confirm: 'Seal and send',
      look: 'seal',
      done: 'Your order is sealed and counted. Nobody can see what it says before its batch is settled, and what does not trade, nobody sees at all.',
      run: async (flow) => {
        const { config } = await session.engine()
        const wallet = () => getWalletClient(config, { account, chainId: network.chainId })
        await placeSealedOrder({ market, account, terms }, { chain, network, wallet, flow })
        setForm((before) => ({ ...FIRST_FORM, side: before.side, type: before.type, life: before.life }))
        fields.empty()
      },
    })
  }

  return (
    <form
      ref={element}
      className="space-y-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Choice
        label="Side"
        name={`${name}-side`}
        value={form.side}
        options={[
          ['buy', `Buy ${market.base.symbol}`],
          ['sell', `Sell ${market.base.symbol}`],
        ]}
        onChange={(side) => change({ side })}
      />
      <Choice
        label="Kind of order"
        name={`${name}-type`}
        value={form.type}
        options={[
          ['limit', 'Limit'],
          ['market', 'Market'],
        ]}
        onChange={(type) => change({ type, price: '' })}
      />
      <AmountField
        label={`${isMarket ? 'Worst price' : 'Limit price'}, ${priceUnit(market)}`}
        hint={
          isMarket
            ? 'It trades at the price of its batch, whatever that is, up to this.'
            : `All trades of a batch have one price: yours or a better one.`
        }
        unit={market.quote}
        placeholder={worst ? formatPriceNumber(worst, market) : '0'}
        {...field('price')}
      />
      <AmountField label={`Size, in ${market.base.symbol}`} unit={market.base} placeholder="0" {...field('size')} />
      <OrderOptions form={form} market={market} minFill={field('minFill')} onChange={change} />
      <OrderCost
        terms={draft.ok ? draft.terms : null}
        selling={selling}
        market={market}
        margin={margin}
        unread={unread}
      />
      {crossed ? <CrossedOwn entry={crossed} market={market} /> : null}
      {key.data ? <EnclaveNote keyId={key.data.keyId} /> : null}
      {key.error ? (
        <p className="text-bad text-sm" role="alert">
          {key.error.message} No order can be sealed now.
        </p>
      ) : null}
      <Button type="submit" look="seal" disabled={busy || !key.data} className="w-full">
        Review your {form.side} order
      </Button>
    </form>
  )
}

function CrossedOwn({ entry, market }: { entry: BookOrder; market: MarketView }) {
  const { order, terms } = entry
  return (
    <p className="text-warn text-sm" role="status">
      It would trade with your own {terms && isSell(terms) ? 'sell' : 'buy'} order of batch {order.batchId}
      {terms ? ` at ${formatPrice(terms.price, market)}` : ''}. Nobody trades with himself: while that one is there,
      this one would be dropped.
    </p>
  )
}
