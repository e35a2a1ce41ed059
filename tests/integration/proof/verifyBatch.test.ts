import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { encodeAbiParameters, getAbiItem, keccak256, toFunctionSelector, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enclaveRegistryAbi } from '../../../lib/abi/enclaveRegistry'
import { BOOK_TOPICS } from '../../../lib/chain/book/topics'
import {
  finalizeBatchCall,
  settleBatchCall,
  strikeCall,
  voidLateBatchesCall,
} from '../../../lib/chain/calls/book/batches'
import { placeOrderCall } from '../../../lib/chain/calls/book/orders'
import type { RawLog, TransactionSender } from '../../../lib/chain/connection'
import type { CarriedSources } from '../../../lib/cli/loadCarried'
import { verifyMarketBatch } from '../../../lib/cli/verifyMarketBatch'
import { requestBatchSettlement } from '../../../lib/keeper/batchClient'
import type { Carried } from '../../../lib/protocol/book/carried'
import type { BatchVerdict } from '../../../lib/protocol/book/batchVerdict'
import type { TestEnclave } from '../../fixtures/enclave'
import { startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import { startMarketWorld, startSecondSigner, type MarketWorld } from '../../fixtures/marketWorld'
import { bookEventIn, cancelTestOrder, endOfBatch, sealTestOrder, type TestMarket } from '../../fixtures/markets'
import { subrosa } from '../../fixtures/subrosa'

const URL_OF = toFunctionSelector(getAbiItem({ abi: enclaveRegistryAbi, name: 'urlOf' }))

let world: MarketWorld
let second: TestEnclave
let node: LyingNode
let market: TestMarket
/** Final; struck and settled again by another signer; without a settlement. */
let final: bigint
let settled: bigint
let unsettled: bigint

async function settle(batchId: bigint, enclaveUrl: string) {
  const answer = await requestBatchSettlement(enclaveUrl, market.id, batchId)
  await world.sender(9).execute(settleBatchCall(world.deployment, answer.settlement, answer.signature, answer.fills))
  return answer
}

/** An order whose proof of knowledge is broken. */
async function placeSpoiled(trader: TransactionSender): Promise<void> {
  const { deployment, enclave } = world
  const { x, y, sealed } = await sealTestOrder(deployment, enclave, market, trader.address, { price: 99, quantity: 1 })
  const broken: Hex = `0x${sealed.slice(2, 200)}${sealed[200] === '0' ? '1' : '0'}${sealed.slice(201)}`
  await trader.execute(placeOrderCall(deployment, { id: market.id, keyId: enclave.keyId, x, y, sealed: broken }))
}

beforeAll(async () => {
  world = await startMarketWorld()
  second = await startSecondSigner(world)
  const opened = await world.open([20, 21])
  market = opened.market
  node = await startLyingNode(world.chain.rpcUrl)
  const [ann, bob] = opened.traders as [TransactionSender, TransactionSender]

  const buy = await world.place(market, ann, { price: 100, quantity: 10, stays: true })
  final = buy.batchId
  await world.place(market, bob, { sell: true, price: 90, quantity: 4 })
  await placeSpoiled(bob)
  await world.chain.mineAt(endOfBatch(market, final), 3)
  const first = await settle(final, world.enclave.url)

  const taken = await world.place(market, bob, { sell: true, price: 95, quantity: 9 })
  settled = taken.batchId
  await world.place(market, bob, { sell: true, price: 95, quantity: 3 })
  expect(await cancelTestOrder(world.deployment, market, bob, taken)).toBe(settled)
  await world.chain.mineAt(endOfBatch(market, settled), 3)
  await settle(settled, world.enclave.url)
  // The first one's challenge window ends, the second one's does not.
  await world.chain.mine(20)
  await world.sender(9).execute(finalizeBatchCall(world.deployment, first.settlement, first.fills))
  const { settlementHash } = await world.batch(market, settled)
  await world.challenger.execute(strikeCall(world.deployment, market.id, settled, settlementHash))
  await world.chain.mine(3)
  await settle(settled, second.url)
  // An enclave goes by final blocks.
  await world.chain.mine(3)

  unsettled = (await world.place(market, bob, { sell: true, price: 95, quantity: 1 })).batchId
})

afterAll(async () => {
  await node.close()
  await second.close()
  await world.close()
})

const verify = (
  batchId: bigint,
  rpcUrl = world.chain.rpcUrl,
  marketId = market.id,
  sources: CarriedSources = {},
): Promise<BatchVerdict> =>
  verifyMarketBatch({
    ...{ marketId, batchId, rpcUrl, contract: world.deployment.contracts.book, fromBlock: 0n, ...sources },
    say: () => undefined,
  })
const failed = ({ checks }: BatchVerdict) => checks.filter(({ ok }) => !ok).map(({ name }) => name)
const detail = ({ checks }: BatchVerdict, name: string) => checks.find((check) => check.name === name)?.detail

describe('a batch on a real chain, settled by the real enclave', () => {
  it('passes once final, and the command says so', async () => {
    const where = ['--rpc', world.chain.rpcUrl, '--contract', world.deployment.contracts.book]
    const { code, out, err } = await subrosa(['verify', 'batch', market.id, final.toString(), ...where])
    const verdict = JSON.parse(out) as BatchVerdict
    expect(failed(verdict)).toEqual([])
    expect(Object.keys(verdict)).toEqual(['ok', 'checks', 'status', 'orders', 'fills', 'invalid', 'unproven'])
    expect(verdict).toMatchObject({ ok: true, status: 'final', orders: 3, fills: 2, invalid: 1 })
    expect(verdict.unproven).toEqual(['carried', 'which-price', 'limits', 'allocation', 'dispositions'])
    expect(err).toContain('the registry names no place')
    // The signature comes out of the transaction's own data.
    expect(detail(verdict, 'signature')).toBe(`signed by ${world.enclave.signer}`)
    expect(err).toContain('1 order is invalid')
    expect(code).toBe(0)
  })

  it('passes while it can still be struck, settled again by another signer', async () => {
    const verdict = await verify(settled)
    expect(failed(verdict)).toEqual([])
    expect(verdict).toMatchObject({ ok: true, status: 'settled', orders: 2, fills: 2 })
    expect(detail(verdict, 'signature')).toBe(`signed by ${second.signer}`)
    expect(detail(verdict, 'turn')).toContain('round 2')
    expect(detail(verdict, 'status')).toContain('after 1 settlement struck')
  })

  it('says so where there is nothing to verify', async () => {
    expect(failed(await verify(unsettled + 1_000n))).toEqual(['chain'])
    expect(detail(await verify(1n, undefined, keccak256('0x01')), 'chain')).toContain('MARKET_UNKNOWN')
    const { code, out } = await subrosa(['verify', 'batch', market.id, '0', '--rpc', world.chain.rpcUrl])
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
})

describe('the list of what became of the orders, from the enclave itself', () => {
  const at = (url: string, batchId: bigint) => `${url}/v1/markets/${market.id}/batches/${batchId}/carried`
  const served = async (batchId: bigint) =>
    (await (await fetch(at(world.enclave.url, batchId))).json()) as { carried: Carried[] }

  it('is the signed one, and fits the chain and the list before', async () => {
    const carried = at(second.url, settled)
    const verdict = await verify(settled, undefined, undefined, { carried, carriedBefore: at(second.url, final) })
    expect(failed(verdict)).toEqual([])
    expect(verdict.unproven).toEqual(['which-price', 'limits', 'allocation', 'dispositions'])
    expect(detail(verdict, 'carried')).toBe('the list of 3 orders is the signed one, and agrees with the chain')
    const alone = await verify(settled, undefined, undefined, { carried })
    expect(detail(alone, 'carried')).toContain('the list of the batch before was not to be had')
    expect(alone.unproven).toEqual(['carried-before', 'which-price', 'limits', 'allocation', 'dispositions'])
  })

  it('is asked for where the registry says that the enclave is', async () => {
    const { signer, url: base } = world.enclave
    node.tell((method, params, truth) => {
      const [call] = params as [{ to?: string; data?: string; input?: string }]
      const data = method === 'eth_call' ? (call.data ?? call.input ?? '') : ''
      return data.startsWith(URL_OF) ? encodeAbiParameters([{ type: 'string' }], [base]) : truth
    })
    const verdict = await verify(final, node.url)
    expect(failed(verdict)).toEqual([])
    expect(verdict.unproven).not.toContain('carried')
    expect(detail(verdict, 'carried')).toContain('the list of 3 orders is the signed one')
    expect(detail(verdict, 'signature')).toBe(`signed by ${signer}`)
  })

  it('turns the verdict where it is forged, and is unproven where it is none', async () => {
    const { carried } = await served(final)
    const file = join(mkdtempSync(join(tmpdir(), 'subrosa-')), 'carried.json')
    const given = async (content: unknown) => {
      writeFileSync(file, JSON.stringify(content))
      return verify(final, undefined, undefined, { carried: file })
    }
    expect(failed(await given({ carried }))).toEqual([])
    const forged = carried.map((row) => ({ ...row, disposition: 0 }))
    for (const list of [forged, carried.slice(1), carried.toReversed(), []]) {
      const verdict = await given({ carried: list })
      expect({ ok: verdict.ok, failed: failed(verdict) }).toEqual({ ok: false, failed: ['carried'] })
    }
    expect(await given('no list')).toMatchObject({
      ok: true,
      unproven: expect.arrayContaining(['carried']) as string[],
    })
    rmSync(dirname(file), { recursive: true })
  })
})

describe('a node that lies', () => {
  type Log = Omit<RawLog, 'logIndex'>
  /** Verifies through a node that leaves logs out, or changes them. */
  async function told(change: (logs: Log[]) => Log[], batchId = settled): Promise<BatchVerdict> {
    node.tell((method, _params, truth) => (method === 'eth_getLogs' ? change(truth as Log[]) : truth))
    return verify(batchId, node.url)
  }
  const without = (type: keyof typeof BOOK_TOPICS, which: number) => (logs: Log[]) => {
    const of = logs.filter(({ topics }) => topics[0] === BOOK_TOPICS[type])
    return logs.filter((log) => log !== of.at(which))
  }

  it.each<[string, string[], (logs: Log[]) => Log[], 'final' | 'settled']>([
    ['an order', ['leaves'], without('OrderPlaced', 0), 'settled'],
    ['a cancellation', ['leaves', 'storage'], without('OrderCancelled', 0), 'settled'],
    ['a deposit', ['cover', 'margins'], without('MarginDeposited', 1), 'settled'],
    ['a strike', ['history', 'storage', 'turn'], without('BatchStruck', 0), 'settled'],
    ['that a batch became final', ['status'], without('BatchFinalized', 0), 'final'],
  ])('about %s', async (_what, names, change, which) => {
    const verdict = await told(change, which === 'final' ? final : settled)
    expect(verdict.ok).toBe(false)
    expect(failed(verdict)).toEqual(expect.arrayContaining(names))
  })

  it('about the fills of a batch', async () => {
    const change = (logs: Log[]) =>
      logs.map((log) => {
        if (log.topics[0] !== BOOK_TOPICS.BatchSettled) return log
        // The last word is the last fill's lots.
        return { ...log, data: `${log.data.slice(0, -1)}${log.data.endsWith('1') ? '2' : '1'}` as Hex }
      })
    expect(failed(await told(change))).toEqual(expect.arrayContaining(['fills-hash', 'sides']))
  })

  it('about the market’s beginning', async () => {
    expect(failed(await told(without('MarketCreated', 0)))).toEqual(['chain'])
  })
})

describe('a batch that nobody settled', () => {
  it('waits, and is void by the clock, and by the contract’s word', async () => {
    await world.chain.mineAt(endOfBatch(market, unsettled))
    expect(await verify(unsettled)).toMatchObject({ ok: false, status: 'waiting', unproven: ['settlement'] })
    await world.chain.mineAt(endOfBatch(market, unsettled) + BigInt(market.params.batchSettleBy))
    expect(await verify(unsettled)).toMatchObject({ ok: true, status: 'void', unproven: [] })
    const receipt = await world.sender(9).execute(voidLateBatchesCall(world.deployment, market.id, 5n))
    expect(bookEventIn(receipt, 'BatchVoided').batchId).toBe(unsettled)
    expect(await verify(unsettled)).toMatchObject({ ok: true, status: 'void', unproven: [] })
  })
})
