'use client'

import { useRef, useState } from 'react'
import { getWalletClient } from 'wagmi/actions'
import { zeroAddress, type Address } from 'viem'
import type { AuctionDetail } from '../api/v1/_schemas/auction'
import { EnclaveNote } from '../_attest/EnclaveNote'
import { RULES } from '../auctions/rules'
import { useNetwork } from '../_data/network'
import { useChain } from '../_data/useChain'
import { useFunds } from '../_data/useFunds'
import { useUnit } from '../_data/useUnit'
import { formatAmount, formatRough } from '../_format/amount'
import { useTransactions } from '../_transaction/TransactionProvider'
import { AmountField } from '../_ui/AmountField'
import { Button } from '../_ui/Button'
import { Field } from '../_ui/Field'
import { Skeleton } from '../_ui/Skeleton'
import { useCheckedFields } from '../_ui/useCheckedFields'
import { MintTokens } from '../_wallet/MintTokens'
import { useWalletSession } from '../_wallet/useWallet'
import { paramsFromApi } from './auctionParams'
import { draftBid } from './bidDraft'
import { isUniform } from './collateral'
import { describeBid, describeInference, describeLeaks, describeUnlock } from './describeBid'
import { placeSealedBid } from './placeSealedBid'
import { useFunding } from '../_funding/useFunding'
import type { OwnBid } from './readOwnBids'
import { receiptReason } from '../_polkadot/polkadotSecret'
import { knownSecret } from '../_sealing/secrets'

type Props = {
  auction: AuctionDetail
  account: Address
  replaces: OwnBid | null
  onDone?: () => void
  /** Something has been typed: should the auction close now, the person is told what became of it. */
  onTyping?: () => void
}

/** Asks for the most one can pay, says what will be locked and learned, and proposes the sealed bid. */
export function BidForm({ auction, account, replaces, onDone, onTyping }: Props) {
  const network = useNetwork()
  const chain = useChain()
  const session = useWalletSession()
  const { propose, busy } = useTransactions()
  const params = paramsFromApi(auction.params)
  const unit = useUnit(params.paymentToken)
  const lotUnit = useUnit(auction.params.lotKind === 'ERC20' ? params.lotToken : zeroAddress)
  const funds = useFunds(params.paymentToken, account)
  const funding = useFunding(params.paymentToken, account, replaces !== null)
  const [text, setText] = useState('')
  const [tier, setTier] = useState<bigint | null>(null)
  const fields = useCheckedFields<'price'>()
  const form = useRef<HTMLFormElement>(null)
  if (!unit || !funds || !funding) return <Skeleton label="Loading your balance" className="h-48" />

  const replaced = replaces?.bid.collateral ?? 0n
  const draft = draftBid({ text, tier, params, unit, funds, replaced })
  const errorOf = (field: 'price' | 'collateral') => (!draft.ok && draft.field === field ? draft.reason : undefined)

  function submit() {
    fields.tryAll(form.current)
    if (!draft.ok || !unit || !funding) return
    const { price, collateral, deposit } = draft
    const place = {
      room: 'auctions' as const,
      chainId: network.chainId,
      contract: network.contracts.auctions,
      account,
      id: auction.id,
    }
    const receipt = receiptReason(account)
    const signs = receipt === null && knownSecret(place) === undefined
    propose({
      account,
      title: replaces ? 'Replace your sealed bid' : 'Seal and place your bid',
      preview: describeBid(draft, params, unit, { replacing: replaces !== null, signs, receipt, lotUnit, funding }),
      leaks: describeLeaks(params, collateral, unit),
      confirm: 'Seal and send',
      look: 'seal',
      done: 'Your bid is sealed and counted. Nobody can see whether it leads, and neither can you: that is the point.',
      run: async (flow) => {
        const fromBlock = BigInt(auction.created.blockNumber)
        const decision = { id: auction.id, fromBlock, params, account, price, collateral, deposit }
        const { config, client } = await session.engine()
        const wallet = () => getWalletClient(config, { account, chainId: network.chainId })
        await placeSealedBid(
          { ...decision, funding: draft.approve ? funding : null, replaces: replaces?.bid ?? null },
          { chain, client, network, wallet, flow },
        )
        setText('')
        fields.empty()
        onDone?.()
      },
    })
  }

  return (
    <form
      ref={form}
      className="space-y-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <AmountField
        label={`The most you can pay, in ${unit.symbol}`}
        hint={`${RULES[auction.params.rule].advice} Steps of ${formatAmount(params.tickSize, unit)}.`}
        unit={unit}
        {...fields.of('price', text, (typed) => {
          setText(typed)
          onTyping?.()
        })}
        error={errorOf('price')}
        className="text-lg"
        placeholder="0"
      />
      {draft.ok && !isUniform(params) ? (
        <Field label="What you lock" hint={`Public. ${describeInference(params, draft.collateral, unit)}`}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={draft.collateral.toString()}
              onChange={(event) => setTier(BigInt(event.target.value))}
            >
              {draft.tiers.map((amount) => (
                <option key={amount.toString()} value={amount.toString()}>
                  {formatAmount(amount, unit)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      {errorOf('collateral') ? (
        <p className="text-bad text-sm" role="alert">
          {errorOf('collateral')}
        </p>
      ) : null}
      <p className="text-muted text-sm">
        You have {formatRough(funds.wallet, unit)} in your wallet and {formatAmount(funds.vault, unit)} in the contract.{' '}
        {isUniform(params) ? `Every bid locks ${formatAmount(params.collateral, unit)}` : 'What you lock stays locked'}{' '}
        until {describeUnlock(params)}.
      </p>
      <EnclaveNote keyId={params.keyId} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="seal" disabled={busy}>
          {replaces ? 'Review the new bid' : 'Review your bid'}
        </Button>
        <MintTokens token={params.paymentToken} account={account} />
      </div>
    </form>
  )
}
