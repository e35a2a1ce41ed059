'use client'

import { useState } from 'react'
import { zeroAddress, type Address } from 'viem'
import { approveTokenCall } from '../../lib/chain/calls/approvals'
import { depositCall, withdrawCall } from '../../lib/chain/calls/vault'
import { Queries } from '../_data/Queries'
import { useNetwork } from '../_data/network'
import { useFunds } from '../_data/useFunds'
import { useUnit } from '../_data/useUnit'
import { formatAmount, formatRough, parseAmount } from '../_format/amount'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'
import { Field } from '../_ui/Field'
import { Skeleton } from '../_ui/Skeleton'
import { MintTokens } from '../_wallet/MintTokens'

type Props = { token: Address; account: Address }

/** Puts one token into the contract and takes it out. Loaded once a wallet is here. */
export function MoveFunds(props: Props) {
  return (
    <Queries>
      <MoveForm {...props} />
    </Queries>
  )
}

function MoveForm({ token, account }: Props) {
  const network = useNetwork()
  const { propose, busy } = useTransactions()
  const unit = useUnit(token)
  const funds = useFunds(token, account)
  const [text, setText] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  if (!unit || !funds) return <Skeleton label="Loading a balance" className="h-24 w-full lg:w-96" />

  function move(direction: 'in' | 'out') {
    if (!unit || !funds) return
    const parsed = parseAmount(text, unit)
    const most = direction === 'in' ? funds.wallet : funds.vault
    const from = direction === 'in' ? 'your wallet' : 'your balance'
    const reason = !parsed.ok
      ? parsed.reason
      : parsed.amount === 0n
        ? 'Enter more than nothing.'
        : parsed.amount > most
          ? `There is only ${formatAmount(most, unit)} in ${from}.`
          : undefined
    setError(reason)
    if (!parsed.ok || reason) return
    const { amount } = parsed
    const words = formatAmount(amount, unit)
    if (direction === 'out') {
      propose({
        account,
        title: 'Withdraw',
        preview: [`Send ${words} from the contract to your wallet.`],
        confirm: 'Withdraw',
        done: `${words} are in your wallet.`,
        run: (flow) => flow.send(withdrawCall(network, token, amount, account), 'Withdraw'),
      })
      return
    }
    const approve = token !== zeroAddress && funds.allowance < amount
    propose({
      account,
      title: 'Deposit',
      preview: [
        ...(approve ? [`Allow the contract to take ${words}, and no more.`] : []),
        `Send ${words} from your wallet to your balance in the contract.`,
      ],
      confirm: 'Deposit',
      done: `${words} are in your balance.`,
      run: async (flow) => {
        if (approve) await flow.send(approveTokenCall(network, token, amount), 'Allow the contract to take it')
        await flow.send(depositCall(network, token, amount), 'Deposit')
      },
    })
  }

  return (
    <div className="flex flex-wrap items-end gap-2">
      <div className="w-full sm:w-36">
        <Field label={`Amount of ${unit.symbol}`} error={error}>
          {(control) => (
            <input
              {...control}
              className="input"
              inputMode="decimal"
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button disabled={busy} onClick={() => move('in')}>
        Deposit
      </Button>
      <Button disabled={busy || funds.vault === 0n} onClick={() => move('out')}>
        Withdraw
      </Button>
      <MintTokens token={token} account={account} />
      <p className="text-muted w-full text-sm">{formatRough(funds.wallet, unit)} in your wallet</p>
    </div>
  )
}
