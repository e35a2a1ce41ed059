import { hashTypedData } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCurrentBatch, readKeyOfBatch } from '../../../lib/chain/book/reads'
import { settleBatchCall } from '../../../lib/chain/calls/book/batches'
import { revokeKeyCall } from '../../../lib/chain/calls/registerKey'
import type { TransactionSender } from '../../../lib/chain/connection'
import { isRevert } from '../../../lib/chain/errors'
import { requestBatchSettlement } from '../../../lib/keeper/batchClient'
import type { Carried } from '../../../lib/protocol/book/carried'
import { dispositionName } from '../../../lib/protocol/book/disposition'
import { EIP712_DOMAIN } from '../../../lib/protocol/constants'
import { otherApp, startTestEnclave, type TestEnclave } from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'
import { startMarketWorld, type MarketWorld } from '../../fixtures/marketWorld'
import { endOfBatch, placeTestOrder, type TestMarket, type TestOrderTerms } from '../../fixtures/markets'

let world: MarketWorld

beforeAll(async () => {
  world = await startMarketWorld()
})
afterAll(() => world.close())

/** Another app of the operator's, with keys of its own, admitted now: it serves the batches that begin from here on. */
const startOther = () => startTestEnclave(world.chain, world.deployment, otherApp(world.files, 'other'))

async function revoke({ keyId, keys }: TestEnclave): Promise<void> {
  const { chainId, contracts } = world.deployment
  const digest = hashTypedData({
    domain: { ...EIP712_DOMAIN, chainId, verifyingContract: contracts.registry },
    types: { KeyRevocation: [{ name: 'keyId', type: 'bytes32' }] },
    primaryType: 'KeyRevocation',
    message: { keyId },
  })
  await world.sender(9).execute(revokeKeyCall(world.deployment, keyId, await keys.sign(digest)))
}

const place = (enclave: TestEnclave, market: TestMarket, trader: TransactionSender, terms: TestOrderTerms) =>
  placeTestOrder(world.deployment, enclave, market, trader, terms)

const keyOf = (market: TestMarket, batchId: bigint) =>
  readKeyOfBatch(world.chain.connection, world.deployment, market.id, batchId)

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

    const other = await startOther()
    const begun = await readCurrentBatch(world.chain.connection, world.deployment, market.id)
    // The batch that runs already has its key.
    expect(await keyOf(market, begun)).toBe(world.enclave.keyId)
    await world.end(market, begun)
    expect(await keyOf(market, begun + 1n)).toBe(other.keyId)
    const misplaced = await place(world.enclave, market, bob, { price: 90, quantity: 5 }).catch(
      (error: unknown) => error,
    )
    expect(isRevert(misplaced, 'OtherKeyInBatch')).toBe(true)
    const theirs = await place(other, market, bob, { sell: true, price: 90, quantity: 5 })
    const url = `${world.enclave.url}/v1/markets/${market.id}/batches/${theirs.batchId}/settlement`
    await world.chain.mineAt(endOfBatch(market, theirs.batchId), 2)
    expect(await getJson(url)).toMatchObject({ status: 422, body: { error: { code: 'KEY_UNAVAILABLE' } } })
    const second = await settle(other, market, theirs.batchId)
    expect(second.lots.size).toBe(0)
    expect(second.became.get(rests.leaf)).toBe('unopened')
    expect(second.became.get(theirs.leaf)).toBe('ended')

    await revoke(other)
    await world.end(market, await readCurrentBatch(world.chain.connection, world.deployment, market.id))
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
    await other.close()
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
