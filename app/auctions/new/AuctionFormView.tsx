'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { isAddress, zeroAddress, type Address } from 'viem'
import { floorsOf } from '../../../lib/protocol/auction/floors'
import { useNetwork } from '../../_data/network'
import { EnclaveNote } from '../../_attest/EnclaveNote'
import type { SealingKey } from '../../_data/readSealingKeys'
import { useChain } from '../../_data/useChain'
import { useClient } from '../../_data/useClient'
import { useUnit } from '../../_data/useUnit'
import { sameHex } from '../../_format/hex'
import { useTransactions } from '../../_transaction/TransactionProvider'
import { Button } from '../../_ui/Button'
import { useCheckedFields } from '../../_ui/useCheckedFields'
import { ConnectHere } from '../../_wallet/ConnectHere'
import { changeForm, draftAuction, type AuctionForm } from './auctionDraft'
import { AuctionPreview } from './AuctionPreview'
import { CheckPanel } from './CheckPanel'
import { createAuction } from './createAuction'
import { dangerousTerms } from './dangerousTerms'
import { describeAuction } from './describeAuction'
import { ErrorSummary } from './ErrorSummary'
import { firstForm } from './firstForm'
import { draftStore } from './keptDraft'
import { LotFields } from './LotFields'
import { previewAuction } from './previewAuction'
import { PriceFields } from './PriceFields'
import { TimeFields } from './TimeFields'
import { waitUntilListed } from './waitUntilListed'

/** `account`: null for somebody who only looks; then nothing can be sent. */
type Props = { account: Address | null; sealingKey: SealingKey; now: number }

/** Asks a seller for the terms, shows what they mean and how they look, and opens the auction. */
export function AuctionFormView({ account, sealingKey, now }: Props) {
  const network = useNetwork()
  const chain = useChain()
  const client = useClient()
  const router = useRouter()
  const { propose, busy } = useTransactions()
  const stores = useMemo(() => {
    const storeOf = (owner: string) => draftStore({ chainId: network.chainId, account: owner }, () => localStorage)
    return { own: storeOf(account ?? ''), visitor: storeOf('') }
  }, [network.chainId, account])
  const first = useMemo(() => firstForm(network.contracts), [network.contracts])
  const [form, setForm] = useState<AuctionForm>(() => stores.own.read(stores.visitor.read(first)))
  const fields = useCheckedFields<keyof AuctionForm>()
  const element = useRef<HTMLFormElement>(null)
  const unit = useUnit(tokenOf(form.paymentToken))
  const lotUnit = useUnit(form.lotKind === 'ERC20' ? tokenOf(form.lotToken) : zeroAddress)
  const context = unit && { keyId: sealingKey.keyId, unit, lotUnit, now, floors: floorsOf(network.chainId) }
  const draft = context && draftAuction(form, context)
  // What could go wrong with the terms does not depend on which piece it is.
  const terms = context && draftAuction({ ...form, lotTokenId: form.lotTokenId.trim() || '0' }, context)
  const errors = draft && !draft.ok ? draft.errors : {}
  const set = (change: Partial<AuctionForm>) => setForm((before) => changeForm(before, change))
  useEffect(() => stores.own.keep(form), [stores, form])

  const { demoToken, demoLots, demoEditions } = network.contracts
  const checks =
    terms?.ok && unit
      ? dangerousTerms(terms.params, {
          unit,
          now,
          keyUntil: Number(sealingKey.notAfter),
          knownPayment: terms.params.paymentToken === zeroAddress || sameHex(terms.params.paymentToken, demoToken),
          knownLot: [demoLots, demoEditions, demoToken].some((known) => sameHex(terms.params.lotToken, known)),
          closingHour: new Date(Number(terms.params.closesAt) * 1000).getHours(),
        })
      : null

  function submit() {
    fields.tryAll(element.current)
    if (!draft?.ok || !unit || !account) return
    const { params } = draft
    const dangers = checks?.filter(({ severity }) => severity === 'danger') ?? []
    propose({
      account,
      title: 'Open the auction',
      preview: [
        ...describeAuction(params, unit, lotUnit),
        ...dangers.map(({ title, why }) => `Careful. ${title}: ${why}`),
      ],
      leaks: 'Everything about an auction is public: the seller, the lot, the terms and the reserve.',
      confirm: 'Open the auction',
      done: 'The auction is open. Its page follows.',
      run: async (flow) => {
        const id = await createAuction(params, account, { client: await client(), chain, deployment: network, flow })
        stores.own.forget()
        stores.visitor.forget()
        await waitUntilListed(id, account)
        router.push(`/auctions/${id}`)
      },
    })
  }

  return (
    <form
      ref={element}
      noValidate
      className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="space-y-10">
        <LotFields form={form} errors={errors} fields={fields} set={set} account={account} lotUnit={lotUnit} />
        <PriceFields
          form={form}
          errors={errors}
          fields={fields}
          set={set}
          unit={isAddress(form.paymentToken.trim()) ? unit : undefined}
        />
        <TimeFields form={form} errors={errors} fields={fields} set={set} now={now} />
      </div>
      <div className="space-y-10 self-start lg:sticky lg:top-8">
        <CheckPanel checks={checks} />
        {draft?.ok && unit ? (
          <AuctionPreview
            auction={previewAuction(draft.params, account ?? zeroAddress, now)}
            unit={unit}
            lotUnit={lotUnit ?? null}
            simulated={sealingKey.signers.some(({ simulated }) => simulated)}
            now={now}
          />
        ) : null}
      </div>
      <div className="space-y-4 lg:col-span-2">
        <ErrorSummary errors={fields.tried ? errors : {}} />
        <EnclaveNote keyId={sealingKey.keyId} />
        <div className="flex flex-wrap gap-3">
          {account ? (
            <Button type="submit" look="main" disabled={busy || !unit}>
              Review the auction
            </Button>
          ) : (
            <ConnectHere label="Connect a wallet to sell" />
          )}
          <Button
            disabled={busy}
            onClick={() => {
              setForm(first)
              fields.empty()
            }}
          >
            Begin anew
          </Button>
        </div>
        <p className="text-muted text-sm">What you typed is kept in this browser until the auction is open.</p>
      </div>
    </form>
  )
}

function tokenOf(text: string): Address {
  const value = text.trim()
  return isAddress(value) ? value : zeroAddress
}
