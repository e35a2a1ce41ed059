import { numberToHex, type Hex } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BOOK_TOPICS } from '../../../lib/chain/book/topics'
import { settleBatchCall } from '../../../lib/chain/calls/book/batches'
import { requestWithdrawalCall } from '../../../lib/chain/calls/book/margin'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { localAccount } from '../../../lib/dev/accounts'
import { requestBatchSettlement } from '../../../lib/keeper/batchClient'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { deployContracts } from '../../fixtures/deploy'
import {
  createEnclaveFiles,
  startTestEnclave,
  type TestEnclave,
  type TestEnclaveFiles,
  type TestNodes,
} from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'
import { startLyingNode, type LyingNode } from '../../fixtures/lyingNode'
import {
  endOfBatch,
  fundTrader,
  LOT,
  MARKET_TICK,
  openTestMarket,
  placeTestOrder,
  type TestMarket,
} from '../../fixtures/markets'

type Log = { topics: Hex[]; data: Hex; logIndex: Hex; blockNumber: Hex; blockHash: Hex; transactionHash: Hex }
type Change = (logs: Log[]) => Log[]

let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let honest: TestEnclave
let nodes: LyingNode[]
let market: TestMarket
/** What the enclave answers where nobody lies. */
let truth: Awaited<ReturnType<typeof getJson>>
/** The batch that waits; before it one was settled, one went void, and money came and went. */
let due: bigint

const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
const QUOTE = 1_000_000n * MARKET_TICK

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  honest = await startTestEnclave(chain, deployment, files)
  nodes = [await startLyingNode(chain.rpcUrl), await startLyingNode(chain.rpcUrl), await startLyingNode(chain.rpcUrl)]
  const [ann, bob]: [TransactionSender, TransactionSender] = [sender(20), sender(21)]
  market = await openTestMarket(deployment, sender(3), { batchSettleBy: 300 })
  for (const trader of [ann, bob]) await fundTrader(deployment, market, trader, { base: 1_000n * LOT, quote: QUOTE })

  const buy = { price: 100, quantity: 10, stays: true }
  const settled = (await placeTestOrder(deployment, honest, market, ann, buy)).batchId
  await placeTestOrder(deployment, honest, market, bob, { sell: true, price: 90, quantity: 4 })
  await chain.mineAt(endOfBatch(market, settled), 2)
  const { settlement, signature, fills } = await requestBatchSettlement(honest.url, market.id, settled)
  await sender(9).execute(settleBatchCall(deployment, settlement, signature, fills))

  const late = (await placeTestOrder(deployment, honest, market, bob, { sell: true, price: 90, quantity: 2 })).batchId
  await chain.mineAt(endOfBatch(market, late) + 300n, 2)
  await ann.execute(requestWithdrawalCall(deployment, market.id, { base: 0n, quote: 100n * MARKET_TICK }))
  await fundTrader(deployment, market, ann, { quote: 7n * MARKET_TICK })
  due = (await placeTestOrder(deployment, honest, market, bob, { sell: true, price: 95, quantity: 3 })).batchId
  await chain.mineAt(endOfBatch(market, due), 2)
  truth = await askThrough(chain.rpcUrl)
  expect(truth.status).toBe(200)
})

afterAll(async () => {
  await honest.close()
  for (const node of nodes) await node.close()
  await chain.stop()
  await files.remove()
})

beforeEach(() => {
  for (const node of nodes) node.tell((_method, _params, truth) => truth)
})

/** A fresh enclave each time: what one has read already it does not read again. */
async function askThrough(source: TestNodes) {
  const enclave = await startTestEnclave(chain, deployment, files, source, { registered: true })
  try {
    return await getJson(`${enclave.url}/v1/markets/${market.id}/batches/${due}/settlement`)
  } finally {
    await enclave.close()
  }
}

const tell = (node: LyingNode, change: Change) =>
  node.tell((method, _params, truth) => (method === 'eth_getLogs' ? change(truth as Log[]) : truth))
const alone = async (change: Change) => {
  tell(nodes[0]!, change)
  return askThrough(nodes[0]!.url)
}
const amongThree = async (change: Change) => {
  tell(nodes[0]!, change)
  return askThrough({ urls: nodes.map(({ url }) => url), threshold: 2 })
}

type Name = keyof typeof BOOK_TOPICS
const isA = (name: Name) => (log: Log) => log.topics[0] === BOOK_TOPICS[name]
const without =
  (name: Name, which: (index: number, all: number) => boolean): Change =>
  (logs) => {
    const named = logs.filter(isA(name))
    return logs.filter((log) => !isA(name)(log) || !which(named.indexOf(log), named.length))
  }
const twice =
  (name: Name): Change =>
  (logs) =>
    logs.flatMap((log) => (isA(name)(log) && log === logs.findLast(isA(name)) ? [log, log] : [log]))
/** Turns the last digit of one word of an event's data. */
const changed =
  (name: Name, word: number): Change =>
  (logs) =>
    logs.map((log) => {
      if (!isA(name)(log)) return log
      const at = 2 + 64 * (word + 1) - 1
      const digit = log.data[at] === '1' ? '2' : '1'
      return { ...log, data: `${log.data.slice(0, at)}${digit}${log.data.slice(at + 1)}` as Hex }
    })

const first = (index: number) => index === 0
const last = (index: number, all: number) => index === all - 1

/** Word 0 of MarginDeposited is its batch, word 2 the amount; of WithdrawalRequested batch, base and quote. */
const LIES: [string, Change][] = [
  ['an order left out', without('OrderPlaced', last)],
  ['the first order left out', without('OrderPlaced', first)],
  ['a whole batch left out', without('OrderPlaced', (index) => index < 2)],
  ['the void batch left out', without('OrderPlaced', (index) => index === 2)],
  ['an order twice', twice('OrderPlaced')],
  ['a digit of a sealed order changed', changed('OrderPlaced', 6)],
  ['a deposit left out', without('MarginDeposited', last)],
  ['a deposit twice', twice('MarginDeposited')],
  ['a deposit of another amount', changed('MarginDeposited', 2)],
  ['a request for money left out', without('WithdrawalRequested', first)],
  ['a request of another amount', changed('WithdrawalRequested', 2)],
  ['a settlement left out', without('BatchSettled', first)],
]

describe('a host that hands the enclave another market than the chain’s', () => {
  it.each(LIES)('is refused with %s', async (_lie, change) => {
    expect(await alone(change)).toMatchObject({ status: 422, body: { error: { code: 'HISTORY_MISMATCH' } } })
  })

  it.each(LIES)('is passed over among three, with %s', async (_lie, change) => {
    expect(await amongThree(change)).toEqual(truth)
  })

  it('says in vain that money came at another time: storage knows only how much, and as many endpoints say when as must agree', async () => {
    expect(await amongThree(changed('MarginDeposited', 0))).toEqual(truth)
    expect(await amongThree(changed('WithdrawalRequested', 0))).toEqual(truth)
  })

  it('cannot make a void batch of a settled one, or the other way round: nobody’s word on it is asked', async () => {
    const voids = (logs: Log[]) =>
      logs.flatMap((log): Log[] => {
        if (!isA('BatchSettled')(log)) return [log]
        return [log, { ...log, topics: [BOOK_TOPICS.BatchVoided, ...log.topics.slice(1)], data: '0x' }]
      })
    expect(await alone(voids)).toEqual(truth)
    expect(await alone(without('BatchVoided', () => true))).toEqual(truth)
  })

  it('invents a settlement that never was, in vain', async () => {
    const invent = (logs: Log[]) => {
      const settled = logs.find(isA('BatchSettled'))
      if (!settled) return logs
      const topics = [settled.topics[0]!, settled.topics[1]!, numberToHex(due - 1n, { size: 32 })]
      return [...logs, { ...settled, topics }]
    }
    expect(await alone(invent)).toEqual(truth)
  })
})

describe('an enclave that the truth is told', () => {
  it('gives the same bytes after it is started again', async () => {
    const [one, two] = [await askThrough(chain.rpcUrl), await askThrough(nodes[1]!.url)]
    expect(one.status).toBe(200)
    expect(two).toEqual(one)
  })

  it('answers for an unknown market as for a batch that still takes orders', async () => {
    const path = (id: Hex, batchId: bigint) => `${honest.url}/v1/markets/${id}/batches/${batchId}/settlement`
    const open = await getJson(path(market.id, due + 1_000n))
    expect(open).toMatchObject({ status: 409, body: { error: { code: 'BATCH_END_NOT_FINAL' } } })
    expect(await getJson(path(`0x${'12'.repeat(32)}`, due))).toEqual(open)
    expect(await getJson(path(market.id, due + 999n))).toEqual(open)
  })
})
