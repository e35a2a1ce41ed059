// A batch of the order book: from the first final block past its end to the signed settlement, on this machine's threads
// against one; and what proving so many margins takes, against the library that proves them one by one.
import { parseArgs } from 'node:util'
import { verifyMerkleProof } from '@ethereumjs/mpt'
import { hexToBytes, numberToHex, zeroAddress, type Hex } from 'viem'
import { settleBatchCall } from '../../lib/chain/calls/book/batches'
import { openEvmSender } from '../../lib/chain/evm/sender'
import { localAccount } from '../../lib/dev/accounts'
import { accountValue } from '../../lib/enclave/chain/provenMarket'
import { provenStorage } from '../../lib/enclave/chain/storageProof'
import { OpeningPool } from '../../lib/enclave/opening/pool'
import { createLogger } from '../../lib/observe/logger'
import { requestBatchSettlement } from '../../lib/keeper/batchClient'
import { startAnvil } from '../fixtures/anvil'
import { deployContracts } from '../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave } from '../fixtures/enclave'
import { endOfBatch, openTestMarket } from '../fixtures/markets'
import { fundBenchTrader, openBenchChain, placeBenchOrder, traderAt, type BenchMarket } from './book/fillMarket'
import { report } from './line'

const { values } = parseArgs({ options: { orders: { type: 'string', default: '1000' } } })
const ORDERS = Number(values.orders)
/** What issue 7 asks for, on two cores. */
const TARGET_MS = 2_000
/** Orders of the batch before: an enclave that serves a market has settled others, with every thread. */
const BEFORE = 100

const round = (value: number) => Number(value.toPrecision(4))
const chain = await startAnvil()
const files = await createEnclaveFiles()
const deployment = await deployContracts(chain, files.root)
const pools = [new OpeningPool(), new OpeningPool({ size: 1 })] as const
const open = (pool: OpeningPool, registered: boolean) =>
  startTestEnclave(chain, deployment, files, chain.rpcUrl, { pool, registered, log: createLogger('enclave', 'error') })
const many = await open(pools[0], false)
const single = await open(pools[1], true)
const { rpcUrl } = chain
const sender = (index: number) => openEvmSender({ rpcUrl, deployment, account: localAccount(index) })
const opened = await openTestMarket(deployment, sender(3), {
  ...{ quote: zeroAddress, tickSize: 10n ** 9n, batchLength: 14_400, bandBps: 5_000, batchSettleBy: 86_400 },
})
const market: BenchMarket = { id: opened.id, ...opened.params, keyId: many.keyId, sealingKey: many.sealingKey }
const bench = await openBenchChain(rpcUrl)
const tools = { rpcUrl, chain: bench, deployment }
for (let index = 0; index < ORDERS; ++index) await fundBenchTrader(tools, market, index)
for (let index = 0; index < BEFORE; ++index) await placeBenchOrder(tools, market, index)
await bench.mine()
await chain.mineAt(endOfBatch(opened, 1n), 2)
const first = await requestBatchSettlement(many.url, market.id, 1n)
await requestBatchSettlement(single.url, market.id, 1n)
const settling = settleBatchCall(deployment, first.settlement, first.signature, first.fills)
await bench.send(localAccount(9).address, settling, 5_000_000n)
await bench.mine()
for (let index = 0; index < ORDERS; ++index) await placeBenchOrder(tools, market, index)
await bench.mine()
await chain.mineAt(endOfBatch(opened, 2n), 2)

/** Milliseconds until the enclave answers, the final block being there. */
async function settle(url: string): Promise<{ milliseconds: number; fills: number }> {
  const start = performance.now()
  const { settlement, fills } = await requestBatchSettlement(url, market.id, 2n)
  const milliseconds = performance.now() - start
  if (settlement.count !== ORDERS || fills.length < ORDERS / 4) throw new Error('not the batch that was filled')
  return { milliseconds, fills: fills.length }
}

const times = process.cpuUsage()
const value = await settle(many.url)
const used = process.cpuUsage(times)
const baseline = await settle(single.url)
report({
  ...{ bench: 'book', case: `a batch of ${ORDERS} new orders, final end to signed, all threads against one` },
  ...{ value: round(value.milliseconds), unit: 'ms', baseline: round(baseline.milliseconds) },
  ...{ ratio: round(baseline.milliseconds / value.milliseconds), target: TARGET_MS, threads: pools[0].size },
  processor: round((used.user + used.system) / 1_000),
  fills: value.fills,
})

const slots = Array.from({ length: 150 }, (_, index) => accountValue(market.id, traderAt(index), false).slots).flat()
await compareProofs(slots)
for (const enclave of [many, single]) await enclave.close()
await chain.stop()
await files.remove()

async function compareProofs(wanted: Hex[]): Promise<void> {
  const { number } = await chain.connection.readBlock('finalized')
  const body = (method: string, params: unknown[]) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const ask = async (method: string, params: unknown[]) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(rpcUrl, { method: 'POST', body: body(method, params), headers })
    return ((await response.json()) as { result: unknown }).result
  }
  const address = deployment.contracts.book
  const { stateRoot } = (await ask('eth_getBlockByNumber', [numberToHex(number), false])) as { stateRoot: Hex }
  const proof = (await ask('eth_getProof', [address, wanted, numberToHex(number)])) as {
    storageHash: Hex
    storageProof: { proof: Hex[] }[]
  }
  let [ours, library] = [Infinity, Infinity]
  for (let turn = 0; turn < 3; ++turn) {
    let start = performance.now()
    if (!provenStorage(proof, { stateRoot, address, slots: wanted })) throw new Error('not proven')
    ours = Math.min(ours, performance.now() - start)
    start = performance.now()
    for (const [place, slot] of wanted.entries()) {
      const nodes = (proof.storageProof[place]?.proof ?? []).map((node) => hexToBytes(node))
      await verifyMerkleProof(hexToBytes(slot), nodes, { root: hexToBytes(proof.storageHash), useKeyHashing: true })
    }
    library = Math.min(library, performance.now() - start)
  }
  report({
    ...{ bench: 'book', case: `${wanted.length} storage slots proven, shared nodes against @ethereumjs/mpt` },
    ...{ value: round(ours), unit: 'ms', baseline: round(library), ratio: round(library / ours) },
  })
}
