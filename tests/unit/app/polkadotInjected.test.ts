import { describe, expect, it } from 'vitest'
import { readAccounts } from '../../../app/_polkadot/injected'

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'

describe('what a Polkadot wallet says of its accounts', () => {
  it('is taken where it names an account', () => {
    const [account] = readAccounts([{ address: ALICE, name: ' Alice ', type: 'ed25519', genesisHash: null }])
    expect(account).toMatchObject({ address: ALICE, name: 'Alice', kind: 'ed25519' })
    expect(account?.accountId).toHaveLength(32)
  })

  it('is taken without the kind of key, or with one that nobody knows', () => {
    expect(readAccounts([{ address: ALICE }])).toMatchObject([{ kind: null, name: undefined }])
    expect(readAccounts([{ address: ALICE, type: 'quantum', name: 7 }])).toMatchObject([
      { kind: null, name: undefined },
    ])
  })

  it.each([[undefined], [null], ['x'], [{}], [[1, null, {}, { address: 7 }, { address: 'x' }]]])(
    'is passed over where it is none: %j',
    (said) => expect(readAccounts(said)).toEqual([]),
  )

  it('leaves Ethereum accounts to Ethereum wallets', () => {
    expect(readAccounts([{ address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', type: 'ethereum' }])).toEqual([])
  })

  it('cuts a name to what fits', () => {
    expect(readAccounts([{ address: ALICE, name: 'x'.repeat(500) }])[0]?.name).toHaveLength(40)
  })
})
