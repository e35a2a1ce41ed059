import { strict as assert } from 'node:assert'
import { zeroAddress, type Address, type Hex } from 'viem'
import { readBatch, BATCH_STATUS } from '../../lib/chain/book/batchState'
import { readMargin } from '../../lib/chain/book/reads'
import { finalizeBatchCall } from '../../lib/chain/calls/book/batches'
import { createMarketCall } from '../../lib/chain/calls/book/createMarket'
import {
  approveMarginCall,
  depositMarginCall,
  requestWithdrawalCall,
  withdrawFromBookCall,
} from '../../lib/chain/calls/book/margin'
import { placeOrderCall } from '../../lib/chain/calls/book/orders'
import { isRevert } from '../../lib/chain/errors'
import { verifyMarketBatch } from '../../lib/cli/verifyMarketBatch'
import type { MarketParams } from '../../lib/protocol/book/market'
import {
  bookEventIn,
  endOfBatch,
  placedIn,
  sealTestOrder,
  type TestMarket,
  type TestOrderTerms,
} from '../fixtures/markets'
import { balanceOf, issueAsset } from './assets'
import { sendByWallet } from './byWallet'
import { executeSigned } from './ethereum'
import { bookEvents, byKeeper } from './events'
import { timed } from './figures'
import { requireBatchIndexed } from './indexed'
import type { HubWorld } from './world'

/** Wei a tick, per lot: a hundredth of a coin, which is a whole number of plancks. */
const TICK = 10n ** 16n
/** Base units of an asset of the Hub. */
const LOT = 10n
const BASE_ASSET = 2_001
const BROUGHT = { base: 100n * LOT, quote: 4_000n * TICK }
const ORDERS = {
  alice: { sell: true, price: 40, quantity: 100 },
  bob: { price: 50, quantity: 60 },
  carol: { price: 45, quantity: 70, stays: true },
} satisfies Record<string, TestOrderTerms>
/** The best bid is filled first; what stays of the other one is carried on. */
const FILLED = { alice: 100, bob: 60, carol: 40 }

/**
 * A batch of a market from its deposits to its withdrawals. Alice and Bob sign with sr25519 keys, Carol with Ethereum's;
 * what anyone may do, the keeper does.
 */
export async function runBook(world: HubWorld): Promise<void> {
  const { people, hub } = world
  const market = await openMarket(world)
  await depositAll(world, market)
  const batchId = await placeAll(world, market)
  // They come back by themselves, or nobody settles and nothing more is indexed.
  world.services.cut()
  await hub.travelTo(endOfBatch(market, batchId) + 12n)
  const [settled] = await byKeeper(world, 'settle the batch, keeper', () =>
    bookEvents(world, market.id, 'BatchSettled'),
  )
  const { settlement, fills, challengeUntil } = settled!
  const names = ['alice', 'bob', 'carol'] as const
  const lotsOf = (trader: Address) => fills.filter((fill) => fill.trader === trader).map(({ lots }) => lots)
  for (const name of names) assert.deepEqual(lotsOf(people[name].address), [FILLED[name]], name)
  assert(settlement.price >= ORDERS.alice.price && settlement.price <= ORDERS.carol.price)

  const early = finalizeBatchCall(world.deployment, settlement, fills)
  await assert.rejects(people.bob.send(early), (error) => isRevert(error, 'BatchNotFinal'))
  await hub.travelTo(challengeUntil + 12n)
  const [final] = await byKeeper(world, 'finalize the batch, keeper', () =>
    bookEvents(world, market.id, 'BatchFinalized'),
  )
  await requireMargins(world, market, settlement.price, final!.fees)
  assert.equal((await readBatch(world.connection, world.deployment, market.id, batchId)).status, BATCH_STATUS.FINAL)

  await withdraw(world, market)
  await verify(world, market.id, batchId)
  await requireBatchIndexed(world, market.id, batchId)
}

async function openMarket({ people, deployment, node }: HubWorld): Promise<TestMarket> {
  const base = await timed('issue the base token, an asset of the Hub', () =>
    issueAsset(node, 'alice', BASE_ASSET, BROUGHT.base),
  )
  const params: MarketParams = {
    ...{ base, quote: zeroAddress, tickSize: TICK, lotSize: LOT },
    ...{ batchLength: 3_600, feeBps: 10, bandBps: 1_000, batchSettleBy: 86_400, challengeWindow: 600 },
    ...{ operator: people.seller.address, minLots: 1, maxOrderAge: 1_000 },
  }
  const receipt = await timed('open the market', () => people.seller.execute(createMarketCall(deployment, params)))
  const { id, startsAt } = bookEventIn(receipt, 'MarketCreated')
  return { id, params, startsAt }
}

async function depositAll(world: HubWorld, { id, params }: TestMarket): Promise<void> {
  const { people, deployment, node } = world
  const { bob, carol } = people
  const approval = approveMarginCall(deployment, params.base, BROUGHT.base)
  const deposit = depositMarginCall(deployment, id, params.base, BROUGHT.base)
  await timed('approve and deposit margin, alice, an asset, one batch through the web app’s provider', () =>
    sendByWallet(world, 'alice', [approval, deposit]),
  )
  const native = depositMarginCall(deployment, id, zeroAddress, BROUGHT.quote)
  await timed('deposit margin, bob, native coin', () => bob.execute(native))
  await timed('deposit margin, carol, Ethereum-signed', () => executeSigned(node, carol, native))
}

/** @returns The batch that they are all in. */
async function placeAll(world: HubWorld, market: TestMarket): Promise<bigint> {
  const { people, deployment, enclave, node } = world
  const callOf = async (name: keyof typeof ORDERS) => {
    const { x, y, sealed } = await sealTestOrder(deployment, enclave, market, people[name].address, ORDERS[name])
    return placeOrderCall(deployment, { id: market.id, keyId: enclave.keyId, x, y, sealed })
  }
  const batches: bigint[] = []
  for (const name of ['alice', 'bob'] as const) {
    const call = await callOf(name)
    const receipt = await timed(`place an order, ${name}, sr25519`, () => people[name].execute(call))
    batches.push(placedIn(deployment, receipt).batchId)
  }
  const call = await callOf('carol')
  await timed('place an order, carol, Ethereum-signed', () => executeSigned(node, people.carol, call))
  const placed = await bookEvents(world, market.id, 'OrderPlaced', 3)
  const [batchId] = batches
  assert.deepEqual(
    placed.map((order) => [order.batchId, order.seq]),
    [0, 1, 2].map((seq) => [batchId, seq]),
  )
  return batchId!
}

/** What was bought is there in lots, what was paid is what was got, but for the fees of both sides. */
async function requireMargins(
  { people, connection, deployment }: HubWorld,
  { id }: TestMarket,
  price: number,
  fees: bigint,
): Promise<void> {
  const marginOf = (trader: Address) => readMargin(connection, deployment, id, trader)
  const margins = {
    alice: await marginOf(people.alice.address),
    bob: await marginOf(people.bob.address),
    carol: await marginOf(people.carol.address),
  }
  const paymentOf = (name: keyof typeof FILLED) => BigInt(price) * BigInt(FILLED[name]) * TICK
  const feeOf = (name: keyof typeof FILLED) => paymentOf(name) / 1_000n
  const sold = paymentOf('alice')
  assert.equal(fees, feeOf('alice') + feeOf('bob') + feeOf('carol'))
  assert.deepEqual(margins, {
    alice: { base: 0n, quote: sold - feeOf('alice') },
    bob: { base: 60n * LOT, quote: BROUGHT.quote - paymentOf('bob') - feeOf('bob') },
    carol: { base: 40n * LOT, quote: BROUGHT.quote - paymentOf('carol') - feeOf('carol') },
  })
}

/** Bob takes what he bought, an asset, and Alice what she got for it, in coin. */
async function withdraw(world: HubWorld, market: TestMarket): Promise<void> {
  const { people, deployment, connection, hub } = world
  const { alice, bob } = people
  const { id, params } = market
  const bought = { base: 60n * LOT, quote: 0n }
  const { quote } = await readMargin(connection, deployment, id, alice.address)
  const receipt = await timed('request a withdrawal, bob', () =>
    bob.execute(requestWithdrawalCall(deployment, id, bought)),
  )
  await timed('request a withdrawal, alice', () =>
    alice.execute(requestWithdrawalCall(deployment, id, { base: 0n, quote })),
  )
  const { batchId } = bookEventIn(receipt, 'WithdrawalRequested')
  await hub.travelTo(endOfBatch(market, batchId + 1n))
  await byKeeper(world, 'execute both withdrawals, keeper', () => bookEvents(world, id, 'MarginWithdrawn', 2))
  await timed('withdraw an asset, bob', () =>
    bob.execute(withdrawFromBookCall(deployment, params.base, bought.base, bob.address)),
  )
  assert.equal(await balanceOf(connection, params.base, bob.address), bought.base)
  const before = await world.balanceOf(alice.address)
  const { fee } = await timed('withdraw native coin, alice', () =>
    alice.execute(withdrawFromBookCall(deployment, zeroAddress, quote, alice.address)),
  )
  assert.equal(await world.balanceOf(alice.address), before + quote - world.toWei(fee))
}

/** What any auditor runs: the command line's own verifier, over the Hub's endpoint. */
async function verify({ deployment, hub }: HubWorld, marketId: Hex, batchId: bigint): Promise<void> {
  const { contracts, startBlock } = deployment
  const where = { contract: contracts.book, fromBlock: BigInt(startBlock), rpcUrl: hub.url }
  const say = (line: string) => void process.stderr.write(`  ${line}\n`)
  const verdict = await timed('verify the batch', () => verifyMarketBatch({ marketId, batchId, ...where, say }))
  for (const { name, ok, detail } of verdict.checks) say(`${ok ? 'ok' : 'FAILS'} ${name}: ${detail}`)
  assert(verdict.ok)
  assert.deepEqual([verdict.status, verdict.orders, verdict.fills], ['final', 3, 3])
  const other = await verifyMarketBatch({ marketId, batchId: batchId + 5n, ...where, say: () => undefined })
  assert(!other.ok)
}
