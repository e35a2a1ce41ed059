'use client'

import { zeroAddress } from 'viem'
import { useNetwork } from '../../_data/network'
import type { Unit } from '../../_format/amount'
import { sameHex } from '../../_format/hex'
import { Field } from '../../_ui/Field'
import { RULES } from '../rules'
import { BIDS } from './auctionDraft'
import { Choice, Group, NumberField, TextField, type FieldsProps } from './fields'

const RULE_CHOICES = [
  { value: 'SECOND_PRICE', title: RULES.SECOND_PRICE.name, text: RULES.SECOND_PRICE.pays },
  { value: 'FIRST_PRICE', title: RULES.FIRST_PRICE.name, text: RULES.FIRST_PRICE.pays },
] as const

const POLICIES = [
  {
    value: 'UNIFORM',
    title: 'The same for all',
    text: 'Says nothing about a bid. It is also the highest possible bid.',
  },
  {
    value: 'CHOSEN',
    title: 'As the bidder chooses',
    text: 'Others see the amount, and guess from it how high and how low the bid can be.',
  },
] as const

/** How the price is found, in what money, and what bidders lock. */
export function PriceFields(props: FieldsProps & { unit: Unit | undefined }) {
  const { form, set, unit } = props
  const { contracts } = useNetwork()
  const symbol = unit?.symbol ?? 'the token'
  const money = unit ?? { symbol: '', decimals: 18 }
  const listed = form.paymentToken === zeroAddress || sameHex(form.paymentToken, contracts.demoToken)
  return (
    <Group title="The price">
      <Choice
        legend="Who pays what"
        name="rule"
        value={form.rule}
        choices={RULE_CHOICES}
        onChoose={(rule) => set({ rule })}
      />
      <Field
        label="Paid in"
        hint={
          form.tick === '' && form.collateral === ''
            ? 'Enter the amounts below again: they were in other money.'
            : undefined
        }
      >
        {(control) => (
          <select
            {...control}
            className="input"
            value={listed ? form.paymentToken : 'other'}
            onChange={(event) => set({ paymentToken: event.target.value === 'other' ? '' : event.target.value })}
          >
            {contracts.demoToken ? <option value={contracts.demoToken}>Demo dollar (DUSD)</option> : null}
            <option value={zeroAddress}>The chain’s own coin (ETH)</option>
            <option value="other">Another ERC-20 token</option>
          </select>
        )}
      </Field>
      {listed ? null : <TextField {...props} name="paymentToken" label="Payment token contract" />}
      <div className="grid gap-5 sm:grid-cols-2">
        <NumberField
          {...props}
          name="tick"
          label={`Price step, in ${symbol}`}
          hint="Bids are whole numbers of steps. Small steps let a bidder say exactly what they mean."
          unit={money}
        />
        <NumberField
          {...props}
          name="reserve"
          label={`Reserve, in ${symbol}`}
          hint="The least that can win. Public. Empty: none."
          unit={money}
        />
      </div>
      <Choice
        legend="What every bid locks"
        name="policy"
        value={form.policy}
        choices={POLICIES}
        onChoose={(policy) => set({ policy })}
      />
      <NumberField
        {...props}
        name="collateral"
        label={form.policy === 'UNIFORM' ? `Every bid locks, in ${symbol}` : `At least, in ${symbol}`}
        hint={
          form.policy === 'UNIFORM'
            ? 'Held by the contract until the result is final, then given back to losers in full. Also the highest bid possible.'
            : 'The least a bidder must lock. They may lock more, up to what they bid, and others see it.'
        }
        unit={money}
      />
      <NumberField
        {...props}
        name="maxBids"
        label="Most bids"
        hint="Empty: as many as come, which is best for you. A limit can be used up by bids that cannot win."
        unit={BIDS}
      />
    </Group>
  )
}
