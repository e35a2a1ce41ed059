'use client'

import { useRef, useState } from 'react'
import { zeroAddress, type Address } from 'viem'
import { approveTokenCall } from '../../lib/chain/calls/approvals'
import { depositCall, withdrawCall } from '../../lib/chain/calls/vault'
import { Queries } from '../_data/Queries'
import { useNetwork } from '../_data/network'
import { useFunds } from '../_data/useFunds'
import { useUnit } from '../_data/useUnit'
import { formatAmount, formatRough } from '../_format/amount'
import { parseMove, type Direction, type Source } from '../_format/parseMove'
import { useTransactions } from '../_transaction/TransactionProvider'
import { AmountField } from '../_ui/AmountField'
import { Button } from '../_ui/Button'
import { Skeleton } from '../_ui/Skeleton'
import { useCheckedFields } from '../_ui/useCheckedFields'
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
  const [tried, setTried] = useState<Direction | null>(null)
  const fields = useCheckedFields<'amount'>()
  const form = useRef<HTMLDivElement>(null)
  if (!unit || !funds) return <Skeleton label="Loading a balance" className="h-24 w-full lg:w-96" />

  const sources: Record<Direction, Source> = {
    in: { amount: funds.wallet, place: 'in your wallet' },
    out: { amount: funds.vault, place: 'in your balance' },
  }
  const empty = () => {
    setText('')
    fields.empty()
  }
  const shown = parseMove(text, unit, sources, tried)

  function move(direction: Direction) {
    if (!unit || !funds) return
    const parsed = parseMove(text, unit, sources, direction)
    setTried(parsed.ok ? null : direction)
    fields.tryAll(form.current)
    if (!parsed.ok) return
    const { amount } = parsed
    const words = formatAmount(amount, unit)
    if (direction === 'out') {
      propose({
        account,
        title: 'Withdraw',
        preview: [`Send ${words} from the contract to your wallet.`],
        confirm: 'Withdraw',
        done: `${words} are in your wallet.`,
        run: async (flow) => {
          await flow.send(withdrawCall(network, token, amount, account), 'Withdraw')
          empty()
        },
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
        empty()
      },
    })
  }

  return (
    <div ref={form} className="flex flex-wrap items-end gap-2">
      <div className="w-full sm:w-36">
        <AmountField
          label={`Amount of ${unit.symbol}`}
          unit={unit}
          {...fields.of('amount', text, (typed) => {
            setText(typed)
            setTried(null)
          })}
          error={shown.ok ? undefined : shown.reason}
        />
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
