'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { isAddress, zeroAddress, type Address } from 'viem'
import { useNetwork } from '../../_data/network'
import { useChain } from '../../_data/useChain'
import { useClient } from '../../_data/useClient'
import type { SealingKey } from '../../_data/readSealingKeys'
import { useUnit } from '../../_data/useUnit'
import { useTransactions } from '../../_transaction/TransactionProvider'
import { Button } from '../../_ui/Button'
import { changeForm, draftAuction, type AuctionForm } from './auctionDraft'
import { createAuction } from './createAuction'
import { describeAuction } from './describeAuction'
import { LotFields } from './LotFields'
import { PriceFields } from './PriceFields'
import { TimeFields } from './TimeFields'
import { waitUntilListed } from './waitUntilListed'

type Props = { account: Address; sealingKey: SealingKey; now: number }

/** Asks a seller for the terms, shows them back in words, and opens the auction. */
export function AuctionFormView({ account, sealingKey, now }: Props) {
  const network = useNetwork()
  const chain = useChain()
  const client = useClient()
  const router = useRouter()
  const { propose, busy } = useTransactions()
  const [form, setForm] = useState<AuctionForm>(() => firstForm(network.contracts))
  const [tried, setTried] = useState(false)
  const unit = useUnit(tokenOf(form.paymentToken))
  const lotUnit = useUnit(form.lotKind === 'ERC20' ? tokenOf(form.lotToken) : zeroAddress)
  const draft = unit ? draftAuction(form, { keyId: sealingKey.keyId, unit, lotUnit, now }) : undefined
  const errors = tried && draft && !draft.ok ? draft.errors : {}
  const set = (change: Partial<AuctionForm>) => setForm((before) => changeForm(before, change))

  function submit() {
    setTried(true)
    if (!draft?.ok || !unit) return
    const { params } = draft
    propose({
      account,
      title: 'Open the auction',
      preview: describeAuction(params, unit, lotUnit),
      leaks: 'Everything about an auction is public: the seller, the lot, the terms and the reserve.',
      confirm: 'Open the auction',
      done: 'The auction is open. Its page follows.',
      run: async (flow) => {
        const id = await createAuction(params, account, { client: await client(), chain, deployment: network, flow })
        await waitUntilListed(id, account)
        router.push(`/auctions/${id}`)
      },
    })
  }

  return (
    <form
      noValidate
      className="space-y-10"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <LotFields form={form} errors={errors} set={set} account={account} />
      <PriceFields
        form={form}
        errors={errors}
        set={set}
        unit={isAddress(form.paymentToken.trim()) ? unit : undefined}
      />
      <TimeFields form={form} errors={errors} set={set} />
      {Object.keys(errors).length > 0 ? (
        <p className="text-bad text-sm" role="alert">
          Some fields above need another look.
        </p>
      ) : null}
      <Button type="submit" look="main" disabled={busy || !unit}>
        Review the auction
      </Button>
    </form>
  )
}

function tokenOf(text: string): Address {
  const value = text.trim()
  return isAddress(value) ? value : zeroAddress
}

function firstForm(contracts: { demoToken?: Address | undefined; demoLots?: Address | undefined }): AuctionForm {
  return {
    lotKind: 'ERC721',
    lotToken: contracts.demoLots ?? '',
    lotTokenId: '',
    lotAmount: '1',
    rule: 'SECOND_PRICE',
    paymentToken: contracts.demoToken ?? zeroAddress,
    tick: '1',
    reserve: '',
    policy: 'UNIFORM',
    collateral: '1000',
    closesIn: '1',
    closesUnit: 'days',
    settleIn: '1',
    settleUnit: 'days',
    challenge: '1',
    challengeUnit: 'hours',
  }
}
