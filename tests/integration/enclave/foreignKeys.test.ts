import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settleBatchCall } from '../../../lib/chain/calls/book/batches'
import type { TransactionSender } from '../../../lib/chain/connection'
import { requestBatchSettlement } from '../../../lib/keeper/batchClient'
import type { Carried } from '../../../lib/protocol/book/carried'
import { dispositionName } from '../../../lib/protocol/book/disposition'
import { createEnclaveFiles, startTestEnclave, type TestEnclave, type TestEnclaveFiles } from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'
import { startMarketWorld, type MarketWorld } from '../../fixtures/marketWorld'
import { endOfBatch, placeTestOrder, type TestMarket, type TestOrderTerms } from '../../fixtures/markets'

let world: MarketWorld
let others: TestEnclaveFiles
let other: TestEnclave

/** Another operator's enclave: another seed, so other keys, in the same registry. */
beforeAll(async () => {
  world = await startMarketWorld()
  others = await createEnclaveFiles()
  const files = { ...others, rootFile: world.files.rootFile }
  other = await startTestEnclave(world.chain, world.deployment, files)
})
afterAll(async () => {
  await other.close()
  await others.remove()
  await world.close()
})

const place = (enclave: TestEnclave, market: TestMarket, trader: TransactionSender, terms: TestOrderTerms) =>
  placeTestOrder(world.deployment, enclave, market, trader, terms)

async function settle(enclave: TestEnclave, market: TestMarket, batchId: bigint) {
  await world.end(market, batchId)
  await world.chain.mine(2)
  const url = `${enclave.url}/v1/markets/${market.id}/batches/${batchId}/settlement`
  const answer = await getJson(url)
  expect(answer.status).toBe(200)
  const { carried } = answer.body as { carried: Carried[] }
  const { settlement, signature, fills } = await requestBatchSettlement(enclave.url, market.id, batchId)
  await world.sender(9).execute(settleBatchCall(world.deployment, settlement, signature, fills))
  await world.chain.mine(2)
  const became = new Map(carried.map(({ leaf, disposition }) => [leaf, dispositionName(disposition)]))
  return { lots: new Map(fills.map(({ leaf, lots }) => [leaf, lots])), became }
}

describe('an order that is sealed to a key which the batch’s enclave does not hold', () => {
  it('rests untouched through that batch, and trades in the next one of its own key', async () => {
    const { market, traders } = await world.open([20, 21])
    const [ann, bob] = traders as [TransactionSender, TransactionSender]
    const rests = await place(world.enclave, market, ann, { price: 100, quantity: 5, stays: true })
    const first = await settle(world.enclave, market, rests.batchId)
    expect(first.became.get(rests.leaf)).toBe('rests')

    const theirs = await place(other, market, bob, { sell: true, price: 90, quantity: 5 })
    const url = `${world.enclave.url}/v1/markets/${market.id}/batches/${theirs.batchId}/settlement`
    await world.chain.mineAt(endOfBatch(market, theirs.batchId), 2)
    expect(await getJson(url)).toMatchObject({ status: 422, body: { error: { code: 'KEY_UNAVAILABLE' } } })
    const second = await settle(other, market, theirs.batchId)
    expect(second.lots.size).toBe(0)
    expect(second.became.get(rests.leaf)).toBe('unopened')
    expect(second.became.get(theirs.leaf)).toBe('ended')

    const ours = await place(world.enclave, market, bob, { sell: true, price: 90, quantity: 5 })
    const third = await settle(world.enclave, market, ours.batchId)
    expect(third.lots).toEqual(
      new Map([
        [rests.leaf, 5],
        [ours.leaf, 5],
      ]),
    )
    // It ended with its batch; but who cannot open it cannot know that.
    expect(third.became.get(theirs.leaf)).toBe('unopened')
  })
})

describe('batches that ended while the enclave was away', () => {
  it('are signed in their order, and none before the one before it is settled', async () => {
    const { market, traders } = await world.open([22, 23])
    const [ann, bob] = traders as [TransactionSender, TransactionSender]
    const buy = await place(world.enclave, market, ann, { price: 100, quantity: 9, stays: true })
    const batches = [buy.batchId]
    for (const quantity of [2, 3]) {
      await world.end(market, batches.at(-1)!)
      batches.push((await place(world.enclave, market, bob, { sell: true, price: 90, quantity })).batchId)
    }
    await world.chain.mineAt(endOfBatch(market, batches.at(-1)!), 2)
    const url = `${world.enclave.url}/v1/markets/${market.id}/batches/${batches[1]}/settlement`
    expect(await getJson(url)).toMatchObject({ status: 409, body: { error: { code: 'BATCH_NOT_NEXT' } } })
    const lots: (number | undefined)[] = []
    for (const batchId of batches) {
      const { settlement, signature, fills } = await requestBatchSettlement(world.enclave.url, market.id, batchId)
      await world.sender(9).execute(settleBatchCall(world.deployment, settlement, signature, fills))
      await world.chain.mine(2)
      lots.push(fills.find(({ leaf }) => leaf === buy.leaf)?.lots)
    }
    expect(lots).toEqual([undefined, 2, 3])
  })
})
