'use client'

import { encodeFunctionData, parseAbi, type Address } from 'viem'
import { useNetwork } from '../_data/network'
import { useUnit } from '../_data/useUnit'
import { formatAmount } from '../_format/amount'
import { sameHex } from '../_format/hex'
import { useTransactions } from '../_transaction/TransactionProvider'
import { Button } from '../_ui/Button'

const mintAbi = parseAbi(['function mint(address to, uint256 amount)'])
const PORTION = 10_000n

/** On a local chain, play money for the asking; nothing where the token is not the demo's. */
export function MintTokens({ token, account }: { token: Address; account: Address }) {
  const { contracts } = useNetwork()
  const { propose, busy } = useTransactions()
  const unit = useUnit(token)
  const isDemo = sameHex(token, contracts.demoToken) || sameHex(token, contracts.demoBase)
  if (!unit || !isDemo) return null
  const amount = PORTION * 10n ** BigInt(unit.decimals)
  const data = encodeFunctionData({ abi: mintAbi, functionName: 'mint', args: [account, amount] })
  const call = { to: token, data, value: 0n, method: 'mint' }
  return (
    <Button
      disabled={busy}
      onClick={() =>
        propose({
          account,
          title: 'Get demo money',
          preview: [`Create ${formatAmount(amount, unit)} of play money in your wallet. It is worth nothing.`],
          confirm: 'Get it',
          done: `${formatAmount(amount, unit)} are in your wallet.`,
          run: (flow) => flow.send(call, 'Create demo money'),
        })
      }
    >
      Get demo {unit.symbol}
    </Button>
  )
}
