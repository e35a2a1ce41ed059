import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as getStats } from '../../../app/api/v1/stats/route'
import { GET as getStatus } from '../../../app/api/v1/status/route'
import { GET as poll } from '../../../app/api/v1/stream/poll/route'
import { statsResponseSchema } from '../../../app/api/v1/_schemas/stats'
import { statusResponseSchema } from '../../../app/api/v1/_schemas/status'
import { pollResponseSchema } from '../../../app/api/v1/_schemas/stream'
import { readBookBalance, readMargin, readWithdrawal } from '../../../lib/chain/book/reads'
import { ENCLAVE } from '../indexer/auctionHouse'
import { CREATOR, type Settled } from '../indexer/marketPlace'
import { BOTH, BUYING, openMarketWorld, SECOND_SIGNER, SELLING, type MarketWorld } from './marketWorld'
import { accountOf, everyPage, read, url } from './requests'
import { address, marketRequests } from './marketRequests'

let world: MarketWorld
let id: string
let ask: ReturnType<typeof marketRequests>

const inText = ({ base, quote }: { base: bigint; quote: bigint }) => ({ base: String(base), quote: String(quote) })
const onChain = async (account: number) => {
  const { connection, deployment } = world.place
  return inText(await readMargin(connection, deployment, world.market.id, address(account)))
}
const balanceOnChain = async (token: `0x${string}`, account: number) =>
  String(await readBookBalance(world.place.connection, world.place.deployment, token, address(account)))

/** Batch 2, settled again. */
let again: Settled

beforeAll(async () => {
  world = await openMarketWorld()
  id = world.market.id
  ask = marketRequests(id)
})
afterAll(() => world.close())

describe('money', () => {
  test('is what the contract has, and what settled batches will make of it', async () => {
    again = await world.place.settle(world.market, 2n, 105, world.second, SECOND_SIGNER)
    await world.index.sync()
    for (const account of [SELLING, BUYING, BOTH])
      expect((await ask.trader(account)).money.final).toEqual(await onChain(account))
    const { money } = await ask.trader(BOTH)
    // Two lots of 1,000 base units at 105 ticks of 10, and the fee of 30 hundredths of a percent, rounded up.
    expect(money.pending).toEqual({ base: '52000', quote: String(500_000 - 2_100 - 7) })
    expect(money.free).toEqual(money.pending)
    expect(money.withdrawal).toBeNull()
    expect((await ask.market()).lastPrice).toBe(105)
  })

  test('that was asked for waits for its batch, and comes into the vault', async () => {
    const { connection, deployment } = world.place
    await world.request(BOTH, { base: 1_000n, quote: 0n })
    await world.request(BOTH, { base: 500n, quote: 7n })
    await world.index.sync()
    const { money } = await ask.trader(BOTH)
    const stored = await readWithdrawal(connection, deployment, world.market.id, address(BOTH))
    expect(stored).toMatchObject({ base: 1_500n, quote: 7n })
    expect(money.withdrawal).toMatchObject({ base: '1500', quote: '7', batchId: Number(stored!.batchId), due: false })
    expect(money.free).toEqual({ base: '50500', quote: String(500_000 - 2_107 - 7) })
    const { settlement } = (await ask.batch(2)).batch
    await world.place.moveTo(BigInt(settlement!.challengeUntil))
    await world.place.finalize(again)
    await world.place.moveToEndOf(world.market, stored!.batchId)
    await world.index.sync()
    expect((await ask.trader(BOTH)).money.withdrawal).toMatchObject({ due: true })
    await world.payOut(0, address(BOTH))
    await world.index.sync()
    const after = await ask.trader(BOTH)
    expect(after.money.withdrawal).toBeNull()
    expect(after.money.final).toEqual(await onChain(BOTH))
    const { base, quote } = world.place.tokens
    expect(after.money.balances).toEqual({
      base: await balanceOnChain(base, BOTH),
      quote: await balanceOnChain(quote, BOTH),
    })
    expect(after.money.balances).toEqual({ base: '1500', quote: '7' })
    // The creator's fees are in the vault, too.
    const creator = await accountOf(address(CREATOR))
    expect(creator.book.balances).toEqual([{ token: quote, available: await balanceOnChain(quote, CREATOR) }])
  })

  test('moves in lines of activity, newest first', async () => {
    const { activity } = await ask.trader(BOTH)
    expect(activity.map(({ kind }) => kind)).toEqual([
      ...['MarginWithdrawn', 'WithdrawalRequested', 'WithdrawalRequested', 'Filled', 'OrderPlaced', 'OrderCancelled'],
      ...['OrderPlaced', 'MarginDeposited', 'MarginDeposited'],
    ])
    expect(activity[3]).toMatchObject({ base: '2000', quote: '-2107', leaf: world.later.leaf, batchId: 2 })
    expect(activity[5]).toMatchObject({ leaf: world.taken.leaf })
    expect(activity.at(-1)).toMatchObject({ base: '50000', quote: '0' })
    const pages = await everyPage((query) => ask.trader(BOTH, query), 2)
    expect(pages.flatMap((page) => page.activity)).toEqual(activity)
  })

  test('shows with the account, whose other room knows nothing of it', async () => {
    const { book, balances, activity } = await accountOf(address(BOTH))
    expect(balances).toEqual([])
    expect(book.count).toBe(1)
    expect(book.markets).toMatchObject([
      { marketId: id, base: { symbol: 'GRAIN' }, money: { final: await onChain(BOTH) } },
    ])
    expect(activity[0]).toMatchObject({ kind: 'MarginWithdrawn', room: 'book', marketId: id, base: '1500', quote: '7' })
    expect((await ask.trader(1)).money).toMatchObject({ final: { base: '0', quote: '0' }, withdrawal: null })
  })
})

describe('the rest', () => {
  test('a batch is void once its time is over, whether somebody has said so or not', async () => {
    const at3 = await world.place.place(world.market, SELLING)
    await world.place.moveToEndOf(world.market, at3.batchId + 3n)
    await world.index.sync()
    // Nobody has told the contract, which takes no settlement of it any more.
    expect((await ask.batch(Number(at3.batchId))).batch).toMatchObject({ status: 'void', voided: null })
    await world.place.voidLate(world.market)
    await world.index.sync()
    expect((await ask.batch(Number(at3.batchId))).batch.voided).not.toBeNull()
  })

  test('live updates name market and batch', async () => {
    const ask = (query: string) => read(pollResponseSchema, poll(url(`stream/poll?after=0-00000000&${query}`)))
    const { events } = await ask(`market=${id}&kinds=BatchSettled,BatchStruck,BatchFinalized,BatchVoided&limit=100`)
    const told = events.filter(({ kind }) => kind !== 'Rollback').map(({ kind, batchId }) => [kind, batchId])
    expect(told.slice(0, 5)).toEqual([
      ['BatchSettled', 1],
      ['BatchFinalized', 1],
      ['BatchSettled', 2],
      ['BatchStruck', 2],
      ['BatchSettled', 2],
    ])
    expect(events.every(({ marketId, kind }) => kind === 'Rollback' || marketId === id)).toBe(true)
    expect((await ask(`market=0x${'99'.repeat(32)}`)).events.filter(({ kind }) => kind !== 'Rollback')).toEqual([])
  })

  test('totals count both rooms', async () => {
    const status = await read(statusResponseSchema, getStatus(url('status')))
    expect(status).toMatchObject({ markets: 2, mismatches: 0, bids: 0 })
    expect(status.contracts.book).toBe(world.place.deployment.contracts.book)
    const { all, enclaves } = await read(statsResponseSchema, getStats(url('stats')))
    expect(all.book).toMatchObject({ markets: 2, cancellations: 1, traders: 3, settlements: 3, struck: 1 })
    expect(all.book.volumes).toMatchObject([{ token: world.place.tokens.quote, paid: '9100', batches: 2, fills: 4 }])
    expect(enclaves).toMatchObject([
      { signer: address(ENCLAVE), settlements: 2 },
      { signer: address(SECOND_SIGNER), settlements: 1 },
    ])
  })
})
