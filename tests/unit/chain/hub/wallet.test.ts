import type { Signer } from '@polkadot/api/types'
import { hexToBytes } from 'viem'
import { describe, expect, it } from 'vitest'
import type { HubNode } from '../../../../lib/chain/hub/api'
import { openHubWallet } from '../../../../lib/chain/hub/wallet'
import { GENESIS, RECORDED, recordedApi } from './recorded'

/** Alice's sr25519 key. */
const accountId = hexToBytes('0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d')
const account = { address: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', accountId }
const bid = { to: `0x${'c0'.repeat(20)}`, data: '0x', value: 0n, method: 'depositAndBid' } as const
const HASH = `0x${'5d'.repeat(32)}` as const

type Case = { mapped?: boolean; without?: 'batch'; node?: string; genesisHash?: `0x${string}`; signer?: Signer }

/** A wallet over a recorded Hub; `sent` is what reached the node. */
function open({ node: refusal, genesisHash, signer, ...behaviour }: Case = {}) {
  const { api } = recordedApi({ calls: [RECORDED.bid, RECORDED.bid], ...behaviour })
  const sent: unknown[] = []
  let signing = 0
  const asked: { at: number; nonce: unknown; by: unknown }[] = []
  const call = api.tx.revive!.call as unknown as (...args: unknown[]) => object
  api.tx.revive!.call = ((...args: unknown[]) => ({
    ...call(...args),
    async signAsync(by: string, options: { nonce: unknown; signer: Signer }) {
      asked.push({ at: ++signing, nonce: options.nonce, by })
      await options.signer.signPayload!({} as never)
      signing--
      return { hash: { toHex: () => HASH } }
    },
  })) as never
  const author = {
    submitExtrinsic(signed: unknown) {
      if (refusal) return Promise.reject(new Error(refusal))
      sent.push(signed)
      return Promise.resolve()
    },
  }
  Object.assign(api.rpc, { author })
  const node = { open: () => Promise.resolve(api) } as HubNode
  const approving = { signPayload: () => Promise.resolve({ id: 1, signature: '0x00' }) } as Signer
  return { wallet: openHubWallet({ node, account, signer: signer ?? approving, genesisHash }), sent, asked }
}

describe('a Polkadot account whose wallet signs', () => {
  it('is known to contracts by its mapped address', () => {
    expect(open().wallet.address.toLowerCase()).toBe('0x9621dde636de098b43efb0fa9b61facfe328f99d')
  })

  it('sends what its wallet signed, as the account’s next transaction', async () => {
    const { wallet, sent, asked } = open({ genesisHash: GENESIS as `0x${string}` })
    expect(await wallet.send([bid])).toBe(HASH)
    expect(sent).toHaveLength(1)
    expect(asked).toEqual([{ at: 1, nonce: 7, by: account.address }])
  })

  it('asks for one signature at a time', async () => {
    const { wallet, asked } = open()
    await Promise.all([wallet.send([bid]), wallet.send([bid])])
    expect(asked.map(({ at }) => at)).toEqual([1, 1])
  })

  it.each([
    ['an extension that throws', { signPayload: () => Promise.reject(new Error('Cancelled')) }],
    ['a wallet that signs no transactions', {}],
  ])('sends nothing that was not signed: %s', async (_, signer) => {
    const { wallet, sent } = open({ signer: signer })
    await expect(wallet.send([bid])).rejects.toMatchObject({ code: 'USER_REJECTED' })
    expect(sent).toEqual([])
  })

  it('asks for no signature for another chain than its own, or from an account that is not mapped', async () => {
    const elsewhere = open({ genesisHash: `0x${'46'.repeat(32)}` })
    await expect(elsewhere.wallet.send([bid])).rejects.toMatchObject({ code: 'WRONG_CHAIN' })
    const unmapped = open({ mapped: false })
    await expect(unmapped.wallet.send([bid])).rejects.toMatchObject({ code: 'ACCOUNT_NOT_MAPPED' })
    expect([...elsewhere.asked, ...unmapped.asked]).toEqual([])
  })

  it.each([
    ['1010: Invalid Transaction: Inability to pay some fees (e.g. account balance too low)', 'INSUFFICIENT_BALANCE'],
    ['1010: Invalid Transaction: Transaction has a bad signature', 'TRANSACTION_REVERTED'],
    ['WebSocket is not connected', 'RPC_UNAVAILABLE'],
  ])('tells why the node does not take it: %s', async (node, code) => {
    await expect(open({ node }).wallet.send([bid])).rejects.toMatchObject({ code })
  })

  it('does several calls in one where the chain can, and try them', async () => {
    expect(await open().wallet.canBatch()).toBe(true)
    expect(await open({ without: 'batch' }).wallet.canBatch()).toBe(false)
  })
})
