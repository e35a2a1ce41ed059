import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { keccak256, toHex } from 'viem/utils'
import type { Hex } from 'viem'
import type { BatchEvidence } from '../../../lib/protocol/book/batchEvidence'
import { orderLeaf } from '../../../lib/protocol/book/leaf'
import { marketIdOf } from '../../../lib/protocol/book/market'
import type { PlacedMoney } from '../../../lib/protocol/book/marginAt'
import { replayBatches, type BookLeafEvent, type PlacedOrder } from '../../../lib/protocol/book/replayBatches'
import {
  batchSettlementTypedData,
  byLeaf,
  fillsHash,
  type BatchSettlement,
  type Fill,
} from '../../../lib/protocol/book/settlement'
import { UNPROVEN, verifyBatch } from '../../../lib/protocol/book/verifyBatch'
import { ZERO_HASH } from '../../../lib/protocol/constants'
import { alice, context, mallory } from './sealingFixture'

const domain = { chainId: context.chainId, contract: context.contract }
const enclave = privateKeyToAccount(toHex(77n, { size: 32 }))
const id = marketIdOf(domain, alice, 3n)
const sealed: Hex = `0x${'04'.repeat(257)}`
const placed = (batchId: bigint, seq: number, trader = alice): PlacedOrder => ({
  ...{ type: 'OrderPlaced', id, trader, batchId, seq, keyId: context.keyId, x: 5n, y: 6n, sealed },
})
const leafOf = (order: PlacedOrder) => orderLeaf(domain, { ...order, sealedHash: keccak256(sealed) })
const [buy, sell, late, gone] = [placed(1n, 0), placed(2n, 0, mallory), placed(3n, 0), placed(2n, 1)]
const cancel: BookLeafEvent = {
  ...{ type: 'OrderCancelled', id, trader: alice, batchId: 2n, seq: 2, leaf: leafOf(gone) },
}
const leaves = [buy, sell, gone, cancel, late]
const batch = replayBatches(domain, id, leaves)[1]!
const deposit = (trader: typeof alice, base: bigint, quote: bigint): PlacedMoney => ({
  ...{ type: 'deposit', batchId: 1n, base, quote, trader, blockNumber: 1n, logIndex: 0 },
})
const good: Fill[] = [
  { leaf: leafOf(buy), trader: alice, sell: false, lots: 5 },
  { leaf: leafOf(sell), trader: mallory, sell: true, lots: 5 },
].sort(byLeaf)

/** Evidence whose every hash and signature fits `fills` and `price`, so that only what is forged can be wrong. */
async function evidenceOf(
  { fills = good, price = 100, ...signed }: { fills?: Fill[]; price?: number } & Partial<BatchSettlement> = {},
  changes: Partial<BatchEvidence> = {},
): Promise<BatchEvidence> {
  const settlement: BatchSettlement = {
    ...{ marketId: id, batchId: 2n, acc: batch.acc, count: 3, round: 1, price },
    ...{ fillsHash: fillsHash(fills), carriedHash: ZERO_HASH, proofHash: ZERO_HASH },
    ...signed,
  }
  const { acc, count, fillsHash: hash } = settlement
  return {
    ...{ domain, creator: alice, creatorNonce: 3n, leaves, settlement, fills, strikes: 0 },
    params: {
      ...{ base: alice, quote: mallory, tickSize: 2n, lotSize: 10n, batchLength: 60, feeBps: 10, bandBps: 1_000 },
      ...{ batchSettleBy: 60, challengeWindow: 60 },
    },
    money: [deposit(alice, 0n, 1_001n), deposit(mallory, 50n, 0n)],
    earlier: [{ batchId: 1n, price: 0, fills: [], blockNumber: 5n, logIndex: 0 }],
    at: { blockNumber: 9n, logIndex: 1 },
    ...{ signer: enclave.address, signerAdmitted: true, finalizedFees: 2n },
    signature: await enclave.signTypedData(batchSettlementTypedData(domain, settlement)),
    stored: { acc, count, fillsHash: hash, price: settlement.price, priceBefore: 0, hadTraded: false },
    ...changes,
  }
}

const failed = async (evidence: BatchEvidence) =>
  (await verifyBatch(evidence)).checks.filter(({ ok }) => !ok).map(({ name }) => name)
const traded = { priceBefore: 100, hadTraded: true }
const tradedBefore = { batchId: 1n, price: 100, fills: good, blockNumber: 5n, logIndex: 0 }

describe('verifying a batch without any opening (PROTOCOL.md section 11)', () => {
  it('finds nothing wrong with what is right, and says what nobody can know', async () => {
    const verdict = await verifyBatch(await evidenceOf())
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(verdict.ok).toBe(true)
    expect(verdict.unproven).toEqual(UNPROVEN)
    expect(await failed(await evidenceOf({ fills: [], price: 0 }, { finalizedFees: null, signature: null }))).toEqual(
      [],
    )
  })

  it.each<[string, Parameters<typeof evidenceOf>]>([
    ['market', [{}, { creatorNonce: 4n }]],
    ['round', [{ round: 2 }]],
    ['signer', [{}, { signerAdmitted: false }]],
    ['signature', [{}, { signature: `0x${'11'.repeat(64)}1b` }]],
    ['signature', [{}, { signature: '0x' }]],
    ['signature', [{}, { signer: alice }]],
    ['conservation', [{}, { finalizedFees: 3n }]],
    ['margin', [{}, { money: [deposit(alice, 0n, 1_000n), deposit(mallory, 50n, 0n)] }]],
    ['margin', [{}, { money: [deposit(alice, 0n, 1_001n), deposit(mallory, 49n, 0n)] }]],
    ['price', [{ fills: [], price: 1 }, { finalizedFees: null }]],
    ['price', [{ fills: good, price: 0 }, { finalizedFees: 0n }]],
  ])('%s', async (name, [signed, changes]) => {
    expect(await failed(await evidenceOf(signed, changes))).toEqual([name])
  })

  it('leaves: one left out, and an accumulator of others', async () => {
    expect(await failed(await evidenceOf({}, { leaves: leaves.slice(0, -2) }))).toEqual(['leaves'])
    expect(await failed(await evidenceOf({ acc: ZERO_HASH }))).toEqual(['leaves'])
    expect(await failed(await evidenceOf({}, { leaves: leaves.slice(1) }))).toEqual(['orders'])
  })

  it('storage: another outcome', async () => {
    const evidence = await evidenceOf()
    for (const changes of [{ acc: ZERO_HASH }, { count: 2 }, { fillsHash: ZERO_HASH }, { price: 99 }]) {
      expect(await failed({ ...evidence, stored: { ...evidence.stored, ...changes } })).toEqual(['storage'])
    }
  })

  it('fills-hash: other fills than were signed for', async () => {
    const evidence = await evidenceOf()
    const fills = good.map((fill) => ({ ...fill, lots: 4 }))
    expect(await failed({ ...evidence, fills, finalizedFees: null })).toEqual(['fills-hash'])
  })

  it('once: an order filled twice', async () => {
    const half = good.map((fill) => ({ ...fill, lots: 2 }))
    const fills = [half[0]!, half[0]!, half[1]!, half[1]!]
    expect(await failed(await evidenceOf({ fills }, { finalizedFees: null }))).toEqual(['once'])
  })

  it('orders: cancelled, of a later batch, of nobody, of another, or filled with nothing', async () => {
    const withBuy = (changes: Partial<Fill>) =>
      good.map((fill) => (fill.sell ? fill : { ...fill, ...changes })).sort(byLeaf)
    const wrong = [{ leaf: leafOf(gone) }, { leaf: leafOf(late) }, { leaf: `0x${'77'.repeat(32)}` as const }]
    for (const changes of wrong) expect(await failed(await evidenceOf({ fills: withBuy(changes) }))).toEqual(['orders'])
    const money = [deposit(alice, 0n, 1_001n), deposit(mallory, 50n, 1_001n)]
    expect(await failed(await evidenceOf({ fills: withBuy({ trader: mallory }) }, { money }))).toEqual(['orders'])
    const nothing = good.map((fill) => ({ ...fill, lots: 0 }))
    expect(await failed(await evidenceOf({ fills: nothing }, { finalizedFees: null }))).toEqual(['orders'])
  })

  it('balance: more sold than bought, which is also money from nowhere', async () => {
    const fills = good.map((fill) => (fill.sell ? { ...fill, lots: 4 } : fill))
    expect(await failed(await evidenceOf({ fills }, { finalizedFees: null }))).toEqual(['balance', 'conservation'])
  })

  it('price: outside the band, or a band around another last price', async () => {
    const money = [deposit(alice, 0n, 9_999n), deposit(mallory, 500n, 0n)]
    const stored = (evidence: BatchEvidence) => ({ ...evidence, stored: { ...evidence.stored, ...traded } })
    const after = { earlier: [tradedBefore], money, finalizedFees: null }
    for (const price of [90, 110]) expect(await failed(stored(await evidenceOf({ price }, after)))).toEqual([])
    for (const price of [89, 111]) expect(await failed(stored(await evidenceOf({ price }, after)))).toEqual(['price'])
    expect(await failed(await evidenceOf({}, after))).toEqual(['price'])
  })

  it('margin: asked for before the batch ended, or spent by an earlier batch', async () => {
    const asked: PlacedMoney = { ...deposit(alice, 0n, 1n), type: 'request', batchId: 2n, logIndex: 1 }
    const money = [deposit(alice, 0n, 1_001n), deposit(mallory, 50n, 0n)]
    expect(await failed(await evidenceOf({}, { money: [...money, asked] }))).toEqual(['margin'])
    expect(await failed(await evidenceOf({}, { money: [...money, { ...asked, batchId: 3n }] }))).toEqual([])
    const evidence = await evidenceOf({}, { earlier: [tradedBefore] })
    expect(await failed({ ...evidence, stored: { ...evidence.stored, ...traded } })).toEqual(['margin'])
  })

  it('never throws for data that cannot be read', async () => {
    const evidence = await evidenceOf()
    const fills = [{ leaf: 'nonsense', trader: 'nobody', sell: false, lots: -1 }] as unknown as Fill[]
    const verdict = await verifyBatch({ ...evidence, fills, leaves: [{}] as never, creator: '0x' })
    expect(verdict.ok).toBe(false)
  })
})
