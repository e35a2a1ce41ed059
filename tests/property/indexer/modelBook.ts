import { keccak256, pad, toHex, zeroHash, type Address, type Hex } from 'viem'
import { fold } from '../../../lib/protocol/auction/accumulator'
import { cancelAllLeaf, orderCancelLeaf, orderLeaf } from '../../../lib/protocol/book/leaf'
import { addressOf, MODEL_DEPLOYMENT } from './modelDeployment'
import type { Emitted } from './modelHouse'

type ModelBatch = {
  batchId: number
  acc: Hex
  count: number
  status: 'open' | 'settled' | 'final' | 'void'
  fills: { leaf: Hex; trader: Address; sell: boolean; lots: number }[]
}
type ModelOrder = { leaf: Hex; trader: Address; keyId: Hex }

/** What the contract stores of a market after a block. */
export type ModelMarket = {
  id: Hex
  startsAt: number
  strikes: number
  batches: ModelBatch[]
  live: ModelOrder[]
}

export const BOOK_ACTS = [
  ...(['market', 'order', 'order', 'order', 'order', 'order', 'cancelOrder', 'cancelAll'] as const),
  ...(['settleBatch', 'settleBatch', 'settleBatch', 'finalizeBatch', 'finalizeBatch', 'voidBatch', 'strike'] as const),
  ...(['fund', 'fundBase', 'request', 'payOut', 'bookDeposit', 'bookWithdraw'] as const),
]
export type BookAct = (typeof BOOK_ACTS)[number]

const DOMAIN = { chainId: 31337n, contract: MODEL_DEPLOYMENT.contracts.book }
const [BASE, QUOTE, KEY] = [addressOf(0xb1), addressOf(0xb2), pad(toHex(0x4e), { size: 32 })]
/** Seconds, which are blocks: three of them to a batch. */
const BATCH_LENGTH = 3

const says = (eventName: string, args: Record<string, unknown>): Emitted => ({ contract: 'book', eventName, args })

/**
 * What the order book would say, where it is stricter than people's tries: batches are settled, made final and void in
 * their order, once they are over. Prices and fills are whatever they are: the indexer does not judge them.
 *
 * @param markets Changed in place.
 * @param time Of the block.
 */
export function performInBook(
  markets: ModelMarket[],
  { act, market: index, who }: { act: BookAct; market: number; who: number },
  salt: string,
  time: number,
): Emitted[] {
  const person = addressOf(1 + (who % 4))
  if (act === 'market') return [createMarket(markets, person, time)]
  if (act === 'bookDeposit') return [says('Deposited', { token: QUOTE, account: person, amount: 7n })]
  if (act === 'bookWithdraw') return [says('Withdrawn', { token: QUOTE, account: person, to: person, amount: 2n })]
  const market = markets[index % Math.max(1, markets.length)]
  if (!market) return []
  const { id } = market
  const batchId = Math.floor((time - market.startsAt) / BATCH_LENGTH) + 1
  switch (act) {
    case 'order':
      return [placeOrder(market, batchId, person, salt)]
    case 'cancelOrder':
      return cancelOrder(market, batchId, who)
    case 'cancelAll':
      return [cancelAll(market, batchId, person)]
    case 'settleBatch':
      return settle(market, batchId, who)
    case 'finalizeBatch':
      return finalize(market)
    case 'voidBatch':
      return voidFirst(market, batchId)
    case 'strike':
      return strike(market, who, time)
    case 'fund':
    case 'fundBase': {
      const token = act === 'fund' ? QUOTE : BASE
      const deposit = says('Deposited', { token, account: person, amount: 5n })
      return [deposit, says('MarginDeposited', { id, trader: person, batchId: BigInt(batchId), token, amount: 5n })]
    }
    case 'request':
      return [says('WithdrawalRequested', { id, trader: person, batchId: BigInt(batchId), base: 1n, quote: 2n })]
    case 'payOut':
      return [says('MarginWithdrawn', { id, trader: person, base: 1n, quote: 2n })]
  }
}

function createMarket(markets: ModelMarket[], creator: Address, time: number): Emitted {
  const nonce = markets.length
  const id = pad(toHex(0xb00c00 + nonce), { size: 32 })
  markets.push({ id, startsAt: time, strikes: 0, batches: [], live: [] })
  const params = {
    ...{ base: BASE, quote: QUOTE, tickSize: 10n, lotSize: 100n, batchLength: BATCH_LENGTH },
    ...{ feeBps: 30, bandBps: 1_000, batchSettleBy: 9, challengeWindow: 2 },
    ...{ operator: addressOf(8), minLots: 1, maxOrderAge: 1_000 },
  }
  return says('MarketCreated', { id, creator, nonce: BigInt(nonce), params, startsAt: BigInt(time) })
}

function placeOrder(market: ModelMarket, batchId: number, trader: Address, salt: string): Emitted {
  const { id } = market
  const batch = use(market, batchId)
  const seq = batch.count
  const sealedOrder = pad(keccak256(toHex(`${salt} ${batchId} ${seq}`)), { size: 257 })
  const order = { id, batchId: BigInt(batchId), seq, trader, keyId: KEY, x: BigInt(keccak256(toHex(salt))), y: 2n }
  const leaf = orderLeaf(DOMAIN, { ...order, sealedHash: keccak256(sealedOrder) })
  append(batch, leaf)
  market.live = [...market.live, { leaf, trader, keyId: KEY }]
  return says('OrderPlaced', { ...order, sealedOrder })
}

function cancelOrder(market: ModelMarket, batchId: number, who: number): Emitted[] {
  const order = market.live[who % Math.max(1, market.live.length)]
  if (!order) return []
  const batch = use(market, batchId)
  const { leaf, trader } = order
  const cancellation = { id: market.id, batchId: BigInt(batchId), seq: batch.count, trader, leaf }
  append(batch, orderCancelLeaf(DOMAIN, cancellation))
  market.live = market.live.filter((live) => live !== order)
  return [says('OrderCancelled', cancellation)]
}

/** Of orders of earlier batches. */
function cancelAll(market: ModelMarket, batchId: number, trader: Address): Emitted {
  const batch = use(market, batchId)
  const call = { id: market.id, batchId: BigInt(batchId), seq: batch.count, trader }
  append(batch, cancelAllLeaf(DOMAIN, call))
  return says('AllCancelled', call)
}

/** Of the first batch that is neither settled nor void. Sometimes nothing trades. */
function settle(market: ModelMarket, current: number, who: number): Emitted[] {
  const batch = market.batches.find(({ status }) => status === 'open')
  if (!batch || batch.batchId >= current) return []
  const [buyer, seller] = [market.live[who % 3], market.live[(who % 3) + 1]]
  const trades = buyer && seller && who % 4 !== 0
  batch.status = 'settled'
  batch.fills = trades
    ? [
        { leaf: buyer.leaf, trader: buyer.trader, sell: false, lots: 1 + (who % 3) },
        { leaf: seller.leaf, trader: seller.trader, sell: true, lots: 1 + (who % 3) },
      ].sort((a, b) => (a.leaf < b.leaf ? -1 : 1))
    : []
  const { batchId, acc, count, fills } = batch
  const settlement = {
    ...{ marketId: market.id, batchId: BigInt(batchId), acc, count, round: market.strikes + 1, price: 50 + who },
    ...{ fillsHash: zeroHash, carriedHash: zeroHash, proofHash: zeroHash },
  }
  const about = { id: market.id, batchId: BigInt(batchId), signer: addressOf(9), challengeUntil: 300n }
  return [says('BatchSettled', { ...about, settlement, fills })]
}

function finalize(market: ModelMarket): Emitted[] {
  const batch = market.batches.find(({ status }) => status !== 'final' && status !== 'void')
  if (batch?.status !== 'settled') return []
  batch.status = 'final'
  return [says('BatchFinalized', { id: market.id, batchId: BigInt(batch.batchId), fees: 6n })]
}

function voidFirst(market: ModelMarket, current: number): Emitted[] {
  const batch = market.batches.find(({ status }) => status === 'open')
  if (!batch || batch.batchId >= current) return []
  batch.status = 'void'
  return [says('BatchVoided', { id: market.id, batchId: BigInt(batch.batchId) })]
}

/** Every other one moves deadlines. */
function strike(market: ModelMarket, who: number, time: number): Emitted[] {
  const settled = market.batches.filter(({ status }) => status === 'settled')
  const struck = settled[who % Math.max(1, settled.length)]
  if (!struck) return []
  market.strikes += 1
  for (const batch of settled) if (batch.batchId >= struck.batchId) batch.status = 'open'
  const { batchId } = struck
  const movedUntil = who % 2 === 0 ? 0n : BigInt(time + 9)
  const told = { signer: addressOf(9), strikes: market.strikes, movedUntil }
  return [says('BatchStruck', { id: market.id, batchId: BigInt(batchId), ...told })]
}

/** The batch of this number, new behind the others where nobody used it before. */
function use(market: ModelMarket, batchId: number): ModelBatch {
  const last = market.batches.at(-1)
  if (last?.batchId === batchId) return last
  const batch: ModelBatch = { batchId, acc: zeroHash, count: 0, status: 'open', fills: [] }
  market.batches.push(batch)
  return batch
}

function append(batch: ModelBatch, leaf: Hex): void {
  batch.acc = fold(batch.acc, leaf)
  batch.count += 1
}
