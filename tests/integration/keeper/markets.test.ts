import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BATCH_STATUS } from '../../../lib/chain/book/batchState'
import { readMargin, readWithdrawal, readBookBalance } from '../../../lib/chain/book/reads'
import { requestWithdrawalCall } from '../../../lib/chain/calls/book/margin'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import type { Keeper } from '../../../lib/keeper/keeper'
import { startTestKeeper } from '../../fixtures/keeper'
import { BROUGHT, startMarketWorld, type MarketWorld } from '../../fixtures/marketWorld'
import { cancelTestOrder, endOfBatch, LOT, MARKET_TICK, type TestMarket } from '../../fixtures/markets'

let world: MarketWorld
const keepers: Keeper[] = []

beforeAll(async () => {
  world = await startMarketWorld()
})
afterEach(async () => {
  for (const keeper of keepers.splice(0)) await keeper.stop()
})
afterAll(() => world.close())

async function startKeeper(account: number = ACCOUNT.keeper): Promise<Keeper> {
  const { chain, deployment, enclave } = world
  const keeper = await startTestKeeper({ rpcUrl: chain.rpcUrl, deployment, enclaveUrl: enclave.url, account })
  keepers.push(keeper)
  return keeper
}

const isFinal = (market: TestMarket, batchId: bigint) => async () =>
  (await world.batch(market, batchId)).status === BATCH_STATUS.FINAL
const isSettled = (market: TestMarket, batchId: bigint) => async () =>
  (await world.batch(market, batchId)).challengeUntil !== 0n
/** Lots of an order in each settlement that has it. */
const fillsOf = async (market: TestMarket, leaf: string) =>
  (await world.settlements(market))
    .flatMap(({ fills }) => fills.filter((fill) => fill.leaf === leaf))
    .map(({ lots }) => lots)

describe('a market with a keeper', () => {
  it('fills an order over three batches, makes each final, and leaves nobody a unit short', async () => {
    const { market, traders } = await world.open([20, 21, 22, 23], { batchLength: 30 })
    const [ann, bob, eve, dan] = traders as [
      (typeof traders)[0],
      (typeof traders)[0],
      (typeof traders)[0],
      (typeof traders)[0],
    ]
    const creator = localAccount(ACCOUNT.seller).address
    const everyone = [...traders.map(({ address }) => address), creator]
    const before = await world.wealth(market, everyone)
    await startKeeper()
    const buy = await world.place(market, ann, { price: 100, quantity: 10, stays: true })
    await world.place(market, bob, { sell: true, price: 90, quantity: 4 })
    await world.passUntil(isSettled(market, buy.batchId))
    const second = await world.place(market, eve, { sell: true, price: 95, quantity: 3 })
    await world.passUntil(isSettled(market, second.batchId))
    const third = await world.place(market, dan, { sell: true, price: 95, quantity: 9, stays: true })
    await world.passUntil(isSettled(market, third.batchId))
    expect(await fillsOf(market, buy.leaf)).toEqual([4, 3, 3])
    await world.passUntil(isFinal(market, third.batchId))
    const { base } = await readMargin(world.chain.connection, world.deployment, market.id, ann.address)
    expect(base).toBe(BROUGHT.base + 10n * LOT)
    expect(await world.wealth(market, everyone)).toEqual(before)
  })

  it('lets a cancellation in a batch’s last second win, and one in the next batch’s first second lose', async () => {
    const { market, traders } = await world.open([24, 25])
    const [ann, bob] = traders as [(typeof traders)[0], (typeof traders)[0]]
    const inTime = await world.place(market, ann, { price: 100, quantity: 2 })
    const tooLate = await world.place(market, ann, { price: 100, quantity: 3 })
    await world.place(market, bob, { sell: true, price: 90, quantity: 9 })
    const end = endOfBatch(market, inTime.batchId)
    await world.nextAt(end - 1n)
    expect(await cancelTestOrder(world.deployment, market, ann, inTime)).toBe(inTime.batchId)
    await world.nextAt(end)
    expect(await cancelTestOrder(world.deployment, market, ann, tooLate)).toBe(inTime.batchId + 1n)
    await startKeeper()
    await world.passUntil(isSettled(market, inTime.batchId))
    expect(await fillsOf(market, inTime.leaf)).toEqual([])
    expect(await fillsOf(market, tooLate.leaf)).toEqual([3])
  })

  it('pays a withdrawal that was asked for while a batch was open, once that batch is final, and cuts orders to the rest', async () => {
    const { market, traders } = await world.open([26, 27])
    const [ann, bob] = traders as [(typeof traders)[0], (typeof traders)[0]]
    const left = 500n * MARKET_TICK
    const asked = { base: 0n, quote: BROUGHT.quote - left }
    const buy = await world.place(market, ann, { price: 100, quantity: 10, stays: true })
    await world.place(market, bob, { sell: true, price: 100, quantity: 10 })
    await ann.execute(requestWithdrawalCall(world.deployment, market.id, asked))
    await startKeeper()
    const { connection } = world.chain
    const isPaid = async () => (await readWithdrawal(connection, world.deployment, market.id, ann.address)) === null
    await world.passUntil(isSettled(market, buy.batchId))
    expect(await fillsOf(market, buy.leaf)).toEqual([4])
    expect(await isPaid()).toBe(false)
    await world.passUntil(isPaid)
    expect(await isFinal(market, buy.batchId)()).toBe(true)
    expect(await readBookBalance(connection, world.deployment, market.params.quote, ann.address)).toBe(asked.quote)
  })

  it('settles each batch once with two keepers', async () => {
    const { market, traders } = await world.open([28, 29])
    const [ann, bob] = traders as [(typeof traders)[0], (typeof traders)[0]]
    const { batchId } = await world.place(market, ann, { price: 50, quantity: 1 })
    await world.place(market, bob, { sell: true, price: 50, quantity: 1 })
    await startKeeper()
    await startKeeper(30)
    await world.passUntil(isFinal(market, batchId))
    expect(await world.settlements(market)).toHaveLength(1)
  })
})

describe('a reorganisation across a batch’s end', () => {
  it('changes nothing that was final: the batch is settled once its end is, as it then is', async () => {
    const { market, traders } = await world.open([32, 33])
    const [ann, bob] = traders as [(typeof traders)[0], (typeof traders)[0]]
    const kept = await world.place(market, ann, { price: 70, quantity: 5 })
    await world.place(market, bob, { sell: true, price: 70, quantity: 5 })
    await world.chain.mine(3)
    await world.nextAt(endOfBatch(market, kept.batchId) - 1n)
    const lost = await world.place(market, bob, { sell: true, price: 60, quantity: 1 })
    expect(lost.batchId).toBe(kept.batchId)
    await startKeeper()
    await world.end(market, kept.batchId)
    const leavesBefore = await world.batch(market, kept.batchId)
    // The block of the last order and that of the end are undone; neither is final.
    await world.reorg(2)
    await world.passUntil(isSettled(market, kept.batchId))
    const [settled, ...more] = await world.settlements(market)
    expect(more).toEqual([])
    expect(leavesBefore.count).toBe(3)
    expect(settled?.settlement).toMatchObject({ count: 2, price: 70 })
    expect(await fillsOf(market, kept.leaf)).toEqual([5])
    expect(await fillsOf(market, lost.leaf)).toEqual([])
  })
})
