'use client'

import type { Address } from 'viem'
import { withdrawCall } from '../../lib/chain/calls/vault'
import { useNetwork } from '../_data/network'
import { useFunds } from '../_data/useFunds'
import { useUnit } from '../_data/useUnit'
import { formatAmount } from '../_format/amount'
import { ClaimRow } from './ClaimRow'

/** Sends the whole balance of one token from the contract to its owner's wallet. Shows nothing where there is none. */
export function WithdrawBalance({ token, account }: { token: Address; account: Address }) {
  const network = useNetwork()
  const unit = useUnit(token)
  const funds = useFunds(token, account)
  if (!unit || !funds || funds.vault === 0n) return null
  const { vault } = funds
  const amount = formatAmount(vault, unit)
  return (
    <ClaimRow
      name={`Your balance in the contract: ${amount}`}
      done={null}
      label="Withdraw"
      job={{
        account,
        title: 'Withdraw your balance',
        preview: [`Send ${amount} from the contract to your wallet.`],
        confirm: 'Withdraw',
        done: `${amount} are in your wallet.`,
        run: (flow) => flow.send(withdrawCall(network, token, vault, account), 'Withdraw'),
      }}
    />
  )
}
