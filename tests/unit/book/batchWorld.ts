import { privateKeyToAccount } from 'viem/accounts'
import { getAddress, keccak256, toHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import type {
  BatchEvidence,
  BatchLog,
  MoneyLog,
  SettledLog,
  StoredBook,
} from '../../../lib/protocol/book/batchEvidence'
import { orderLeaf } from '../../../lib/protocol/book/leaf'
import { marketIdOf, type MarketParams } from '../../../lib/protocol/book/market'
import { replayBatches, type BookLeafEvent, type PlacedOrder } from '../../../lib/protocol/book/replayBatches'
import { sealOrder } from '../../../lib/protocol/book/sealOrder'
import {
  batchSettlementTypedData,
  byLeaf,
  fillsHash,
  hashBatchSettlement,
  type BatchSettlement,
  type Fill,
} from '../../../lib/protocol/book/settlement'
import { ZERO_HASH } from '../../../lib/protocol/constants'
import { alice, context, mallory as bob, sealingKey } from '../protocol/sealingFixture'

export { alice, bob }
export const domain = { chainId: context.chainId, contract: context.contract }
export const enclave = privateKeyToAccount(toHex(77n, { size: 32 }))
export const stranger = privateKeyToAccount(toHex(78n, { size: 32 }))
const BASE: Address = '0x00000000000000000000000000000000000000b1'
const QUOTE: Address = getAddress(`0x${'c2'.repeat(20)}`)
export const params: MarketParams = {
  ...{ base: BASE, quote: QUOTE, tickSize: 2n, lotSize: 10n, batchLength: 60, feeBps: 10, bandBps: 1_000 },
  ...{ batchSettleBy: 60, challengeWindow: 60, operator: alice, minLots: 1, maxOrderAge: 5 },
}
export const marketId = marketIdOf(domain, alice, 3n, params)
/** Batch 1 begins then, and batch 2, which the tests are about, ends 120 s later. */
export const STARTS_AT = 1_000n
export const END = STARTS_AT + 120n

const LEGS = { price: 100, quantity: 50, flags: 0, minFill: 0, expiryBatch: 0 }

/** A sealed order; `spoil`: its proof of knowledge is broken. */
async function place(batchId: bigint, seq: number, trader: Address, spoil = false): Promise<PlacedOrder> {
  const salt = new Uint8Array(16).fill(Number(batchId) * 16 + seq)
  const secret = new Uint8Array(32).fill(9)
  const { x, y, sealed } = await sealOrder({
    domain,
    marketId,
    sealingKey,
    trader,
    terms: LEGS,
    minLots: 1,
    secret,
    salt,
  })
  const broken: Hex = `0x${sealed.slice(2, 200)}${sealed[200] === '0' ? '1' : '0'}${sealed.slice(201)}`
  return {
    ...{ type: 'OrderPlaced', id: marketId, trader, batchId, seq, keyId: context.keyId },
    ...{ x, y, sealed: spoil ? broken : sealed },
  }
}

export const leafOf = (order: PlacedOrder) => orderLeaf(domain, { ...order, sealedHash: keccak256(order.sealed) })

/** Alice buys over two batches; Bob sells in each. In batch 2 one order is taken back, and one is spoiled. */
export const buy = await place(1n, 0, alice)
const sellFirst = await place(1n, 1, bob)
export const sell = await place(2n, 0, bob)
export const gone = await place(2n, 1, alice)
export const spoiled = await place(2n, 3, alice, true)
export const late = await place(3n, 0, alice)
const cancel: BookLeafEvent = {
  ...{ type: 'OrderCancelled', id: marketId, trader: alice, batchId: 2n, seq: 2, leaf: leafOf(gone) },
}
export const leaves: readonly BookLeafEvent[] = [buy, sellFirst, sell, gone, cancel, spoiled, late]
const [first, second] = replayBatches(domain, marketId, leaves)

const both = (sold: PlacedOrder, lots: number): Fill[] =>
  [
    { leaf: leafOf(buy), trader: alice, sell: false, lots },
    { leaf: leafOf(sold), trader: bob, sell: true, lots },
  ].sort(byLeaf)
/** Five lots each, in batch 1 and in batch 2. */
export const firstFills = both(sellFirst, 5)
export const fills = both(sell, 5)

const deposit = (trader: Address, token: Address, amount: bigint, logIndex: number): MoneyLog => ({
  ...{ type: 'MarginDeposited', trader, batchId: 1n, token, amount, blockNumber: 1n, logIndex },
})
/** What Alice pays in each batch at a price of 100: 1,000 and a fee of 1. */
export const PAID = 1_001n
export const money: readonly MoneyLog[] = [
  deposit(alice, QUOTE, 2n * PAID, 0),
  deposit(bob, BASE, 100n, 1),
  // For a later batch: it takes nothing from what batch 2 may count on.
  { ...{ type: 'WithdrawalRequested', trader: bob, batchId: 3n, base: 50n, quote: 0n }, blockNumber: 8n, logIndex: 0 },
]

type Signed = Partial<BatchSettlement> & { fills?: readonly Fill[]; by?: typeof enclave }

const signedLog = (batchId: bigint, blockNumber: bigint, signed: Signed = {}): SettledLog => {
  const { fills: given, by = enclave, ...changes } = signed
  const batch = batchId === 1n ? first! : second!
  const of = given ?? (batchId === 1n ? firstFills : fills)
  const settlement: BatchSettlement = {
    ...{ marketId, batchId, acc: batch.acc, count: batch.count, round: 1, price: 100 },
    ...{ fillsHash: fillsHash(of), carriedHash: ZERO_HASH, proofHash: ZERO_HASH, ...changes },
  }
  // A second after the batch's end, and a challenge window.
  const challengeUntil = STARTS_AT + batchId * 60n + 1n + 60n
  return {
    ...{ type: 'BatchSettled', batchId, signer: by.address, challengeUntil, settlement, fills: of },
    ...{ blockNumber, logIndex: 3 },
  }
}

export const settleFirst = (signed?: Signed) => signedLog(1n, 4n, signed)
export const finalizeFirst = (fees = 2n): BatchLog => ({
  ...{ type: 'BatchFinalized', batchId: 1n, fees, blockNumber: 6n, logIndex: 0 },
})
export const settleSecond = (signed?: Signed) => signedLog(2n, 9n, signed)

/**
 * Evidence of batch 2, settled as `signed` says, in which every hash, signature and word of storage fits: only what is
 * forged on purpose can be found wrong. Batch 1 is final, batch 2 is not.
 */
export async function evidenceOf(signed: Signed = {}, changes: Partial<BatchEvidence> = {}): Promise<BatchEvidence> {
  const log = settleSecond(signed)
  const { settlement, challengeUntil } = log
  const signature = await (signed.by ?? enclave).signTypedData(batchSettlementTypedData(domain, settlement))
  const order = (placed: PlacedOrder) => {
    const { trader, batchId } = placed
    const filled = firstFills.find(({ leaf }) => leaf === leafOf(placed))?.lots ?? 0
    return { trader, placedIn: batchId, cancelledIn: 0n, filled }
  }
  const { acc, count, price } = settlement
  return {
    ...{ domain, marketId, batchId: 2n, leaves, money, signature, isSignerAdmitted: true, finalizedAt: null },
    market: { params, creator: alice, nonce: 3n, startsAt: STARTS_AT },
    steps: [settleFirst(), finalizeFirst(), log],
    now: END + 20n,
    stored: {
      market: {
        params,
        creator: alice,
        startsAt: STARTS_AT,
        maxFills: 1_000,
        strikes: 0,
        moves: 0,
        head: 2n,
        toSettle: 3n,
      },
      batch: {
        ...{ acc, count, price, keyId: context.keyId, keyByClock: context.keyId, isKeyKnown: true, status: 0 },
        ...{ challengeUntil, priceBefore: 100, signer: log.signer },
        settlementHash: hashBatchSettlement(domain, settlement),
      },
      orders: new Map([buy, sell, sellFirst, spoiled].map((one) => [leafOf(one), order(one)])),
      margins: new Map([
        [alice.toLowerCase(), { base: 50n, quote: PAID }],
        [bob.toLowerCase(), { base: 50n, quote: 999n }],
      ]),
    },
    ...changes,
  }
}

/** With other words in storage. */
export const withStored = (
  evidence: BatchEvidence,
  { market, batch, ...rest }: { [Part in keyof StoredBook]?: Partial<StoredBook[Part]> },
): BatchEvidence => ({
  ...evidence,
  stored: {
    ...evidence.stored,
    ...rest,
    market: { ...evidence.stored.market, ...market },
    batch: { ...evidence.stored.batch, ...batch },
  } as StoredBook,
})
