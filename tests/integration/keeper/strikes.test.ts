import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BATCH_STATUS, readBatch } from '../../../lib/chain/book/batchState'
import { readMargin } from '../../../lib/chain/book/reads'
import { strikeCall } from '../../../lib/chain/calls/book/batches'
import { requestWithdrawalCall } from '../../../lib/chain/calls/book/margin'
import type { TransactionSender } from '../../../lib/chain/connection'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import type { Keeper } from '../../../lib/keeper/keeper'
import type { TestEnclave } from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'
import { startTestKeeper } from '../../fixtures/keeper'
import { BROUGHT, startMarketWorld, startSecondSigner, type MarketWorld } from '../../fixtures/marketWorld'
import type { TestMarket } from '../../fixtures/markets'

let world: MarketWorld
let second: TestEnclave
const keepers: Keeper[] = []

beforeAll(async () => {
  world = await startMarketWorld()
  second = await startSecondSigner(world)
})
afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.stop()
})
afterAll(async () => {
  await second.close()
  await world.close()
})

async function startKeeper(...enclaveUrls: string[]): Promise<Keeper> {
  const { chain, deployment } = world
  const [enclaveUrl = ''] = enclaveUrls
  const keeper = await startTestKeeper({ rpcUrl: chain.rpcUrl, deployment, enclaveUrl, enclaveUrls })
  keepers.push(keeper)
  return keeper
}

const statusIs = (market: TestMarket, batchId: bigint, status: number) => async () =>
  (await world.batch(market, batchId)).status === status
const isSettled = (market: TestMarket, batchId: bigint) => async () =>
  (await world.batch(market, batchId)).challengeUntil !== 0n

async function strike({ id }: TestMarket, batchId: bigint): Promise<void> {
  const { deployment, challenger, chain } = world
  const { settlementHash } = await readBatch(chain.connection, deployment, id, batchId)
  await challenger.execute(strikeCall(deployment, id, batchId, settlementHash))
}

describe('a struck settlement', () => {
  it('is made again by another signer of the key, with all after it, and nobody is a unit short', async () => {
    const { market, traders } = await world.open([20, 21], { batchLength: 20, challengeWindow: 900 })
    const [ann, bob] = traders as [TransactionSender, TransactionSender]
    const everyone = [ann.address, bob.address, localAccount(ACCOUNT.seller).address]
    const before = await world.wealth(market, everyone)
    await startKeeper(world.enclave.url, second.url)
    const buy = await world.place(market, ann, { price: 100, quantity: 10, stays: true })
    const batches = [buy.batchId]
    await world.place(market, bob, { sell: true, price: 90, quantity: 4 })
    await world.passUntil(isSettled(market, buy.batchId))
    for (const quantity of [3, 2]) {
      const { batchId } = await world.place(market, bob, { sell: true, price: 95, quantity })
      batches.push(batchId)
      await world.passUntil(isSettled(market, batchId))
    }
    const [first, struck, after] = batches as [bigint, bigint, bigint]
    const signedFirst = await world.settlements(market)
    expect(signedFirst.map(({ signer }) => signer)).toEqual(Array(3).fill(world.enclave.signer))

    await strike(market, struck)
    const again = async () => (await world.settlements(market)).length === 5
    await world.passUntil(again)
    const [, , , struckAgain, afterAgain] = await world.settlements(market)
    expect(struckAgain).toMatchObject({ batchId: struck, signer: second.signer, settlement: { round: 2 } })
    expect(afterAgain).toMatchObject({ batchId: after, settlement: { round: 2 } })
    expect(struckAgain?.fills).toEqual(signedFirst[1]?.fills)
    expect(afterAgain?.fills).toEqual(signedFirst[2]?.fills)

    await world.chain.mineAt((await world.chain.now()) + 900n)
    for (const batchId of [first, struck, after]) {
      await world.passUntil(statusIs(market, batchId, BATCH_STATUS.FINAL))
    }
    const margin = await readMargin(world.chain.connection, world.deployment, market.id, ann.address)
    expect(margin.base).toBe(BROUGHT.base + 9n * market.params.lotSize)
    expect(await world.wealth(market, everyone)).toEqual(before)
  })

  it('is not signed again by the signer that was struck, nor is any later batch', async () => {
    const { market, traders } = await world.open([22, 23], { challengeWindow: 9_000 })
    const [ann, bob] = traders as [TransactionSender, TransactionSender]
    const { batchId } = await world.place(market, ann, { price: 100, quantity: 1 })
    await world.place(market, bob, { sell: true, price: 100, quantity: 1 })
    const keeper = await startKeeper(world.enclave.url)
    await world.passUntil(isSettled(market, batchId))
    await keeper.stop()
    keepers.splice(0)
    await strike(market, batchId)
    await world.chain.mine(3)
    const path = `/v1/markets/${market.id}/batches/${batchId}/settlement`
    const refused = { status: 422, body: { error: { code: 'SIGNER_BARRED' } } }
    expect(await getJson(`${world.enclave.url}${path}`)).toMatchObject(refused)
    expect(await getJson(`${second.url}${path}`)).toMatchObject({ status: 200, body: { settlement: { round: 2 } } })
  })
})

describe('a market whose enclave is gone', () => {
  it('has its batches voided by the keeper, and everybody is paid what they ask for, all of it', async () => {
    const { market, traders } = await world.open([24, 25], { batchLength: 10, batchSettleBy: 30 })
    const [ann, bob] = traders as [TransactionSender, TransactionSender]
    await startKeeper('http://127.0.0.1:9')
    const batches: bigint[] = []
    for (const quantity of [1, 2, 3]) {
      const { batchId } = await world.place(market, ann, { price: 100, quantity, stays: true })
      batches.push(batchId)
      await world.end(market, batchId)
    }
    for (const trader of [ann, bob]) await trader.execute(requestWithdrawalCall(world.deployment, market.id, BROUGHT))
    for (const batchId of batches) await world.passUntil(statusIs(market, batchId, BATCH_STATUS.VOIDED))
    const isPaid =
      ({ address }: TransactionSender) =>
      async () => {
        const { base, quote } = await readMargin(world.chain.connection, world.deployment, market.id, address)
        return base === 0n && quote === 0n
      }
    for (const trader of [ann, bob]) await world.passUntil(isPaid(trader))
    for (const trader of [ann, bob]) expect(await world.wealth(market, [trader.address])).toEqual(BROUGHT)
    const margin = await readMargin(world.chain.connection, world.deployment, market.id, ann.address)
    expect(margin).toEqual({ base: 0n, quote: 0n })
  })

  it('trades again once an enclave is back, resting orders resting: what is void stays void', async () => {
    const { market, traders } = await world.open([26, 27], { batchLength: 10, batchSettleBy: 40 })
    const [ann, bob] = traders as [TransactionSender, TransactionSender]
    const rests = await world.place(market, ann, { price: 100, quantity: 5, stays: true })
    const ends = await world.place(market, ann, { price: 99, quantity: 5 })
    await world.end(market, rests.batchId + 5n)
    await startKeeper(world.enclave.url)
    const { batchId } = await world.place(market, bob, { sell: true, price: 90, quantity: 8 })
    await world.passUntil(isSettled(market, batchId))
    expect((await world.batch(market, rests.batchId)).status).toBe(BATCH_STATUS.VOIDED)
    const [settled] = await world.settlements(market)
    const lots = new Map(settled?.fills.map((fill) => [fill.leaf, fill.lots]))
    expect([lots.get(rests.leaf), lots.has(ends.leaf)]).toEqual([5, false])
  })
})
