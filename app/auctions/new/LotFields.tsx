'use client'

import type { Address } from 'viem'
import { useNetwork } from '../../_data/network'
import type { Unit } from '../../_format/amount'
import { COPIES, NUMBER } from './auctionDraft'
import { Choice, Group, NumberField, TextField, type FieldsProps } from './fields'
import { MintLot } from './MintLot'

const KINDS = [
  { value: 'ERC721', title: 'A single piece', text: 'ERC-721' },
  { value: 'ERC1155', title: 'Copies of an edition', text: 'ERC-1155' },
  { value: 'ERC20', title: 'An amount', text: 'ERC-20' },
] as const

/** What is sold. */
export function LotFields(props: FieldsProps & { account: Address | null; lotUnit: Unit | undefined }) {
  const { form, set, account, lotUnit } = props
  const { contracts } = useNetwork()
  const demo = { ERC721: contracts.demoLots, ERC1155: contracts.demoEditions, ERC20: contracts.demoToken }
  const amount = { ERC721: null, ERC1155: 'Copies', ERC20: 'Amount' }[form.lotKind]
  const token = lotUnit ?? { symbol: '', decimals: 18 }
  return (
    <Group title="The lot">
      <Choice
        legend="What you sell"
        name="lot-kind"
        value={form.lotKind}
        choices={KINDS}
        onChoose={(lotKind) => set({ lotKind, lotToken: demo[lotKind] ?? '', lotTokenId: '' })}
      />
      {account ? (
        <MintLot lotKind={form.lotKind} account={account} onMinted={(lotTokenId) => set({ lotTokenId })} />
      ) : null}
      <TextField
        {...props}
        name="lotToken"
        label="Token contract"
        hint="The contract that your lot lives in. Bidders are shown this address and told to compare it."
      />
      {form.lotKind === 'ERC20' ? null : (
        <NumberField
          {...props}
          name="lotTokenId"
          label="Token number"
          hint="Which piece or edition of that contract."
          unit={NUMBER}
        />
      )}
      {amount ? (
        <NumberField {...props} name="lotAmount" label={amount} unit={form.lotKind === 'ERC20' ? token : COPIES} />
      ) : null}
    </Group>
  )
}
