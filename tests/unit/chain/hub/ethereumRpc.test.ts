import type { ApiPromise } from '@polkadot/api'
import { createPublicClient, custom, numberToHex, pad, toHex, type Hash } from 'viem'
import { describe, expect, it } from 'vitest'
import type { HubNode } from '../../../../lib/chain/hub/api'
import { hubRequest } from '../../../../lib/chain/hub/ethereumRpc'
import { openTransactionIndex } from '../../../../lib/chain/hub/transactionIndex'

const hashOf = (number: number | bigint) => pad(toHex(number))
const nameOf = (number: number, place: number) => pad(toHex(number * 100 + place))
const ACCOUNT = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const ADDRESS = '0x9621DDe636dE098B43Efb0fA9b61fAcFE328F99D'
const CONTRACT = '0x00000000000000000000000000000000000000AA'

/** A signed `revive.call` of a whole coin. */
function extrinsic(hash: Hash) {
  const argument = (name: string, json: unknown) => ({ name, json })
  const args = [argument('dest', CONTRACT), argument('value', 10_000_000_000), argument('data', '0x0102')]
  return {
    ...{ hash: { toHex: () => hash }, isSigned: true, signer: { toString: () => ACCOUNT } },
    nonce: { toBigInt: () => 3n },
    method: {
      ...{ section: 'revive', method: 'call' },
      meta: { args: args.map(({ name }) => ({ name: { toString: () => name } })) },
      args: args.map(({ json }) => ({ toJSON: () => json, toHex: () => json })),
    },
  }
}

/** A chain of blocks of two transactions each, of which all but the two newest are final. `read` are those asked for. */
function chainOf(newest: number, waiting: Hash[] = []) {
  const read: number[] = []
  const state = { newest }
  const header = (number: number) => ({ number: { toBigInt: () => BigInt(number) } })
  const api = {
    consts: { revive: { nativeToEthRatio: { toJSON: () => 100_000_000 }, chainId: { toJSON: () => 420420422 } } },
    rpc: {
      author: { pendingExtrinsics: () => Promise.resolve(waiting.map(extrinsic)) },
      chain: {
        getBlockHash: (number = BigInt(state.newest)) =>
          Promise.resolve({ toHex: () => hashOf(number), isEmpty: false }),
        getFinalizedHead: () => Promise.resolve('final'),
        getHeader: (at?: unknown) => Promise.resolve(header(at === 'final' ? state.newest - 2 : state.newest)),
        getBlock(hash: string) {
          const number = Number(hash)
          read.push(number)
          return Promise.resolve({ block: { extrinsics: [0, 1].map((place) => extrinsic(nameOf(number, place))) } })
        },
      },
    },
  }
  const node = { open: () => Promise.resolve(api as unknown as ApiPromise) } as HubNode
  return { node, read, state }
}

describe('where a transaction is', () => {
  it('is found in the newest blocks, and no older ones are read for it', async () => {
    const { node, read } = chainOf(1_000)
    expect(await openTransactionIndex(node).find(nameOf(995, 1))).toBe(995n)
    expect(Math.min(...read)).toBe(993)
  })

  it('is not found where no block has it; final blocks are read once, the others again', async () => {
    const { node, read, state } = chainOf(20)
    const index = openTransactionIndex(node)
    expect(await index.find(nameOf(77, 0))).toBeNull()
    expect(read.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, number) => number + 1))
    read.length = 0
    state.newest = 21
    expect(await index.find(nameOf(77, 0))).toBeNull()
    expect(read.sort()).toEqual([19, 20, 21])
  })

  it('is looked for in the last hour alone', async () => {
    const { node } = chainOf(1_000)
    const index = openTransactionIndex(node)
    expect(await index.find(nameOf(400, 0))).toBe(400n)
    expect(await index.find(nameOf(399, 0))).toBeNull()
  })
})

describe('Ethereum’s requests, answered from a Hub', () => {
  const clientOf = ({ node }: ReturnType<typeof chainOf>) =>
    createPublicClient({ transport: custom({ request: hubRequest(node) }, { retryCount: 0 }) })

  it('tell a transaction that waits, in viem’s words: who sent it, to whom, and how much in wei', async () => {
    const waiting = nameOf(9_999, 0)
    const client = clientOf(chainOf(5, [waiting]))
    expect(await client.getTransaction({ hash: waiting })).toMatchObject({
      ...{ hash: waiting, from: ADDRESS, to: CONTRACT, value: 10n ** 18n, input: '0x0102', nonce: 3, blockHash: null },
    })
    await expect(client.getTransaction({ hash: nameOf(9_998, 0) })).rejects.toThrow(/could not be found/)
    await expect(client.getTransactionReceipt({ hash: nameOf(9_998, 0) })).rejects.toThrow(/could not be found/)
  })

  it('tell the chain’s id as contracts see it', async () => {
    expect(await clientOf(chainOf(5)).getChainId()).toBe(420420422)
  })

  it.each([
    ['what a Hub has not', 'eth_getProof', [], 4200],
    ['what every object has', 'constructor', [], 4200],
    ['a block of no number', 'eth_getBlockByNumber', ['newest', false], -32602],
    ['a call of nobody', 'eth_call', [{ data: '0x' }, 'latest'], -32602],
    ['logs of every contract', 'eth_getLogs', [{ fromBlock: numberToHex(1), toBlock: numberToHex(2) }], -32602],
  ])('refuse %s', async (_, method, params, code) => {
    const request = hubRequest(chainOf(5).node) as (args: { method: string; params: unknown[] }) => Promise<unknown>
    await expect(request({ method, params })).rejects.toMatchObject({ code })
  })
})
