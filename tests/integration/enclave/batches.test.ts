import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBatch } from '../../../lib/chain/book/batchState'
import { readMargin } from '../../../lib/chain/book/reads'
import { finalizeBatchCall, settleBatchCall } from '../../../lib/chain/calls/book/batches'
import type { TransactionSender } from '../../../lib/chain/connection'
import type { Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { localAccount } from '../../../lib/dev/accounts'
import { requestBatchSettlement } from '../../../lib/keeper/batchClient'
import { carriedHash, type Carried } from '../../../lib/protocol/book/carried'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { deployContracts } from '../../fixtures/deploy'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'
import {
  bookEventIn,
  cancelTestOrder,
  endOfBatch,
  fundTrader,
  LOT,
  MARKET_TICK,
  openTestMarket,
  placeTestOrder,
  type TestMarket,
  type TestOrderTerms,
} from '../../fixtures/markets'

let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let enclave: TestEnclave
let market: TestMarket
let ann: TransactionSender
let bob: TransactionSender
let eve: TransactionSender

const sender = (index: number) => openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(index) })
const QUOTE = 1_000_000n * MARKET_TICK
const BASE = 1_000n * LOT

beforeAll(async () => {
  chain = await startAnvil()
  files = await createEnclaveFiles()
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files)
  ;[ann, bob, eve] = [sender(20), sender(21), sender(22)]
  market = await openTestMarket(deployment, sender(3))
  for (const trader of [ann, bob, eve]) await fundTrader(deployment, market, trader, { base: BASE, quote: QUOTE })
})

afterAll(async () => {
  await enclave.close()
  await chain.stop()
  await files.remove()
})

const place = (trader: TransactionSender, terms: TestOrderTerms) =>
  placeTestOrder(deployment, enclave, market, trader, terms)
const urlOf = (batchId: bigint) => `${enclave.url}/v1/markets/${market.id}/batches/${batchId}/settlement`
const carriedUrl = ({ url }: TestEnclave, batchId: bigint) =>
  `${url}/v1/markets/${market.id}/batches/${batchId}/carried`
const end = (batchId: bigint) => chain.mineAt(endOfBatch(market, batchId), 2)

async function settle(batchId: bigint) {
  const { settlement, signature, fills } = await requestBatchSettlement(enclave.url, market.id, batchId)
  const receipt = await sender(9).execute(settleBatchCall(deployment, settlement, signature, fills))
  await chain.mine(2)
  return { ...bookEventIn(receipt, 'BatchSettled'), fills }
}

describe('a market over several batches', () => {
  it('clears, carries, cancels and makes final', async () => {
    const buy = await place(ann, { price: 100, quantity: 10, stays: true })
    const sell = await place(bob, { sell: true, price: 90, quantity: 4 })
    expect(await getJson(urlOf(buy.batchId))).toMatchObject({
      status: 409,
      body: { error: { code: 'BATCH_END_NOT_FINAL' } },
    })
    await end(buy.batchId)
    const first = await settle(buy.batchId)
    expect(first.settlement).toMatchObject({ price: 100, count: 2, round: 1 })
    expect(new Map(first.fills.map(({ leaf, lots }) => [leaf, lots]))).toEqual(
      new Map([
        [buy.leaf, 4],
        [sell.leaf, 4],
      ]),
    )

    // Carried: six lots are left of the first order.
    const more = await place(eve, { sell: true, price: 95, quantity: 5, stays: true })
    await end(more.batchId)
    const second = await settle(more.batchId)
    expect(new Map(second.fills.map(({ leaf, lots }) => [leaf, lots]))).toEqual(
      new Map([
        [buy.leaf, 5],
        [more.leaf, 5],
      ]),
    )

    // Cancelled, with a lot left: it trades no more.
    const cancelledIn = await cancelTestOrder(deployment, market, ann, buy)
    await place(eve, { sell: true, price: 95, quantity: 5 })
    await end(cancelledIn)
    const third = await settle(cancelledIn)
    expect(third.fills).toEqual([])
    // What became of each order, as each settlement commits to it: made again, also by an enclave that has seen nothing.
    const fresh = await startTestEnclave(chain, deployment, files, chain.rpcUrl, { registered: true })
    for (const { settlement } of [first, second, third]) {
      const answer = await getJson(carriedUrl(enclave, settlement.batchId))
      expect(answer.status).toBe(200)
      const { carried } = answer.body as { carried: Carried[] }
      expect(carriedHash(carried)).toBe(settlement.carriedHash)
      expect(await getJson(carriedUrl(fresh, settlement.batchId))).toEqual(answer)
    }
    await fresh.close()
    expect((await getJson(carriedUrl(enclave, cancelledIn + 1n))).status).toBe(404)
    await chain.mineAt((await chain.now()) + 60n)
    for (const { settlement, fills } of [first, second, third]) {
      await sender(9).execute(finalizeBatchCall(deployment, settlement, fills))
    }
    expect((await readBatch(chain.connection, deployment, market.id, cancelledIn)).status).toBe(1)
    const margin = await readMargin(chain.connection, deployment, market.id, ann.address)
    expect(margin.base).toBe(BASE + 9n * LOT)
  })
})

describe('a market whose earlier batches are final', () => {
  const finalize = async ({ settlement, fills }: Awaited<ReturnType<typeof settle>>) => {
    await chain.mineAt((await chain.now()) + 60n)
    await sender(9).execute(finalizeBatchCall(deployment, settlement, fills))
    await chain.mine(2)
  }

  it('goes on from what rests in it, and has the list of each batch still', async () => {
    market = await openTestMarket(deployment, sender(3))
    for (const trader of [ann, bob, eve]) await fundTrader(deployment, market, trader, { base: BASE, quote: QUOTE })
    const rests = await place(ann, { price: 100, quantity: 10, stays: true })
    await place(bob, { sell: true, price: 90, quantity: 4 })
    await end(rests.batchId)
    const settled = [await settle(rests.batchId)]
    await finalize(settled[0]!)
    for (const quantity of [5, 1]) {
      const { batchId } = await place(eve, { sell: true, price: 95, quantity })
      await end(batchId)
      const batch = await settle(batchId)
      expect(new Map(batch.fills.map(({ leaf, lots }) => [leaf, lots])).get(rests.leaf)).toBe(quantity)
      await finalize(batch)
      settled.push(batch)
    }
    const fresh = await startTestEnclave(chain, deployment, files, chain.rpcUrl, { registered: true })
    for (const { settlement } of settled) {
      const answer = await getJson(carriedUrl(enclave, settlement.batchId))
      expect(carriedHash((answer.body as { carried: Carried[] }).carried)).toBe(settlement.carriedHash)
      expect(await getJson(carriedUrl(fresh, settlement.batchId))).toEqual(answer)
    }
    await fresh.close()
  })
})
