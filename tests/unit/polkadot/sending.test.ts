import type { ApiPromise } from '@polkadot/api'
import type { SubmittableExtrinsic } from '@polkadot/api/types'
import { hexToBytes } from 'viem'
import { describe, expect, it } from 'vitest'
import { mappingOf } from '../../../lib/chain/substrate/mapping'
import { sendSigned, type SentStage } from '../../../lib/chain/substrate/sendSigned'
import { mappedAddress } from '../../../lib/protocol/polkadot/mappedAddress'

const account = hexToBytes(`0x${'d4'.repeat(32)}`)
const block = `0x${'77'.repeat(32)}`

describe('whether an account is mapped', () => {
  /** A chain with pallet-revive, which knows these addresses' accounts. */
  const chain = (...known: string[]) => {
    const originalAccount = (address: string) => Promise.resolve({ isSome: known.includes(address) })
    return { query: { revive: { originalAccount } } } as unknown as ApiPromise
  }

  it('is what the chain says of its address', async () => {
    expect(await mappingOf(chain(mappedAddress(account)), account)).toBe('mapped')
    expect(await mappingOf(chain(), account)).toBe('missing')
  })

  it('is no question for an Ethereum key’s account, or where there are no contracts', async () => {
    const ethereum = Uint8Array.of(...account.slice(0, 20), ...new Uint8Array(12).fill(0xee))
    expect(await mappingOf(chain(), ethereum)).toBe('mapped')
    expect(await mappingOf({ query: {} }, account)).toBe('no-contracts')
  })

  it('is not known where the node does not answer', async () => {
    const originalAccount = () => Promise.reject(new Error('disconnected'))
    const silent = { query: { revive: { originalAccount } } } as unknown as ApiPromise
    await expect(mappingOf(silent, account)).rejects.toMatchObject({ code: 'RPC_UNAVAILABLE' })
  })
})

describe('a transaction that a wallet signs', () => {
  type Result = { status: Record<string, unknown>; dispatchError?: unknown; isError?: boolean }
  const api = { registry: { findMetaError: () => ({ section: 'balances', name: 'InsufficientBalance' }) } }

  /** Sends one of which the node tells these results, or which wallet or node refuse. */
  function send(results: Result[], refusal: { wallet?: string; node?: string } = {}) {
    const stages: SentStage[] = []
    let left = 0
    const signed = {
      send: (tell: (result: Result) => void) => {
        if (refusal.node) return Promise.reject(new Error(refusal.node))
        setTimeout(() => results.forEach(tell))
        return Promise.resolve(() => ++left)
      },
    }
    const extrinsic = {
      signAsync: () => (refusal.wallet ? Promise.reject(new Error(refusal.wallet)) : Promise.resolve(signed)),
    } as unknown as SubmittableExtrinsic<'promise'>
    const by = { address: 'somebody', signer: {} }
    const sent = sendSigned(api as unknown as ApiPromise, extrinsic, by, (stage) => stages.push(stage))
    return { sent, stages, left: () => left }
  }
  const included = { status: { isInBlock: true } }
  const final = { status: { isFinalized: true, asFinalized: { toHex: () => block } } }

  it('is followed until it is final, and then no more', async () => {
    const { sent, stages, left } = send([included, final])
    expect(await sent).toBe(block)
    expect(stages).toEqual(['signing', 'sent', 'included'])
    expect(left()).toBe(1)
  })

  it('that the person declines is not sent', async () => {
    const { sent, stages } = send([], { wallet: 'Cancelled' })
    await expect(sent).rejects.toMatchObject({ code: 'USER_REJECTED' })
    expect(stages).toEqual(['signing'])
  })

  it.each([
    ['1010: Invalid Transaction: Inability to pay some fees (e.g. account balance too low)', 'INSUFFICIENT_BALANCE'],
    ['1010: {"invalid":{"payment":null}}', 'INSUFFICIENT_BALANCE'],
    ['1010: {"invalid":{"badProof":null}}', 'TRANSACTION_REVERTED'],
    ['WebSocket is not connected', 'RPC_UNAVAILABLE'],
  ])('that the node does not take says why: %s', async (node, code) => {
    await expect(send([], { node }).sent).rejects.toMatchObject({ code })
  })

  it('that a pallet refuses names the pallet’s error, once that is final', async () => {
    const refused = { ...final, dispatchError: { isModule: true, asModule: {}, toString: () => '' } }
    await expect(send([included, refused]).sent).rejects.toMatchObject({
      code: 'TRANSACTION_REVERTED',
      details: 'balances.InsufficientBalance',
    })
  })

  it('that the chain drops has failed', async () => {
    const dropped = { status: { type: 'Usurped' }, isError: true }
    await expect(send([dropped]).sent).rejects.toMatchObject({ code: 'TRANSACTION_REVERTED' })
  })
})
