'use client'

import { useState } from 'react'
import { encodeFunctionData, erc721Abi, parseAbi, parseEventLogs, type Address, type PublicClient } from 'viem'
import { demoEditionsAbi } from '../../../lib/abi/demoEditions'
import { demoLotsAbi } from '../../../lib/abi/demoLots'
import type { ContractCall } from '../../../lib/chain/connection'
import { useNetwork } from '../../_data/network'
import { useClient } from '../../_data/useClient'
import { useTransactions } from '../../_transaction/TransactionProvider'
import { Button } from '../../_ui/Button'
import { Field } from '../../_ui/Field'
import { MintTokens } from '../../_wallet/MintTokens'

const erc1155Abi = parseAbi([
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
])
const COPIES = 10n

type Props = { lotKind: 'ERC721' | 'ERC1155' | 'ERC20'; account: Address; onMinted: (tokenId: string) => void }

/** On a local chain, something to sell for the asking. */
export function MintLot({ lotKind, account, onMinted }: Props) {
  const { contracts } = useNetwork()
  const { propose, busy } = useTransactions()
  const client = useClient()
  const [title, setTitle] = useState('Study in paper and ink')
  const token = { ERC721: contracts.demoLots, ERC1155: contracts.demoEditions, ERC20: contracts.demoToken }[lotKind]
  if (!token) return null
  if (lotKind === 'ERC20') return <MintTokens token={token} account={account} />

  function mint(to: Address) {
    const call = mintCall(lotKind === 'ERC721', to, account, title)
    propose({
      account,
      title: 'Make a demo lot',
      preview: [`Create “${title}” on the local chain and put it into your wallet. It is worth nothing.`],
      confirm: 'Make it',
      done: 'It is in your wallet, and its number is in the form.',
      run: async (flow) => {
        const { hash } = await flow.send(call, 'Create the demo lot')
        onMinted(await mintedId(await client(), hash))
      },
    })
  }

  return (
    <div className="border-edge space-y-3 rounded-sm border border-dashed p-4">
      <Field label="Nothing to sell? Make a demo lot" hint="Local chain only.">
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={60}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <Button disabled={busy || title.trim() === ''} onClick={() => mint(token)}>
        Make a demo lot
      </Button>
    </div>
  )
}

function mintCall(single: boolean, to: Address, owner: Address, title: string): ContractCall {
  const data = single
    ? encodeFunctionData({ abi: demoLotsAbi, functionName: 'mint', args: [owner, title, 'Made for the demo.'] })
    : encodeFunctionData({ abi: demoEditionsAbi, functionName: 'mint', args: [owner, COPIES, title] })
  return { to, data, value: 0n, method: 'mint' }
}

async function mintedId(client: PublicClient, hash: `0x${string}`): Promise<string> {
  const { logs } = await client.getTransactionReceipt({ hash })
  const [piece] = parseEventLogs({ abi: erc721Abi, logs, eventName: 'Transfer' })
  if (piece) return piece.args.tokenId.toString()
  const [edition] = parseEventLogs({ abi: erc1155Abi, logs, eventName: 'TransferSingle' })
  return edition?.args.id.toString() ?? ''
}
