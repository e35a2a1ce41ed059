import { describe, expect, it } from 'vitest'
import type { BatchEvidence } from '../../../lib/protocol/book/batchEvidence'
import { UNPROVEN } from '../../../lib/protocol/book/batchVerdict'
import { byLeaf, type Fill } from '../../../lib/protocol/book/settlement'
import { verifyBatch } from '../../../lib/protocol/book/verifyBatch'
import { ZERO_ADDRESS, ZERO_HASH } from '../../../lib/protocol/constants'
import {
  alice,
  bob,
  evidenceOf,
  fills,
  finalizeFirst,
  gone,
  late,
  leafOf,
  leaves,
  money,
  PAID,
  params,
  sell,
  settleFirst,
  settleSecond,
  spoiled,
  stranger,
  withStored,
} from './batchWorld'

const failed = async (evidence: BatchEvidence) => {
  const verdict = await verifyBatch(evidence)
  const names = verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name)
  expect(verdict.ok).toBe(names.length === 0)
  return names
}
const honest = await evidenceOf()
const withFill = (changes: Partial<Fill>, sellSide = false) =>
  fills.map((fill) => (fill.sell === sellSide ? { ...fill, ...changes } : fill)).sort(byLeaf)
const rich = money.map((log) => (log.type === 'MarginDeposited' ? { ...log, amount: log.amount * 1_000n } : log))
const richMargins = new Map([
  [alice.toLowerCase(), { base: 50n, quote: 2_000n * PAID - PAID }],
  [bob.toLowerCase(), { base: 99_950n, quote: 999n }],
])
/** Everybody has plenty, so that money is not what is wrong. */
const plenty = async (signed: Parameters<typeof evidenceOf>[0], changes: Partial<BatchEvidence> = {}) =>
  withStored(await evidenceOf(signed, { money: rich, ...changes }), { margins: richMargins })

describe('a batch that was settled by the rules (PROTOCOL.md section 11)', () => {
  it('passes every check, and says what nobody can know', async () => {
    const verdict = await verifyBatch(honest)
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(verdict).toMatchObject({ ok: true, status: 'settled', orders: 3, fills: 2, invalid: 1 })
    expect(verdict.unproven).toEqual(['carried', 'carried-before', ...UNPROVEN])
    expect(verdict.checks.map(({ name }) => name)).toEqual([
      ...['market', 'leaves', 'history', 'storage', 'signature', 'key', 'signer', 'turn', 'fills-hash', 'fills'],
      ...['sides', 'price', 'blobs', 'conservation', 'cover', 'margins', 'status'],
    ])
  })
  it('passes once it is final, too', async () => {
    const steps = [
      ...honest.steps,
      { ...{ type: 'BatchFinalized' as const, batchId: 2n, fees: 2n }, blockNumber: 12n, logIndex: 0 },
    ]
    const margins = new Map([
      [alice.toLowerCase(), { base: 100n, quote: 0n }],
      [bob.toLowerCase(), { base: 0n, quote: 1_998n }],
    ])
    const orders = new Map(honest.stored.orders)
    for (const { leaf, lots } of fills) {
      const stored = orders.get(leaf)!
      orders.set(leaf, { ...stored, filled: stored.filled + lots })
    }
    const final = withStored({ ...honest, steps, finalizedAt: 1_181n }, { batch: { status: 1 }, margins, orders })
    expect(await failed(final)).toEqual([])
    // The contract counts what final batches gave each order.
    expect(await failed(withStored(final, { orders: honest.stored.orders }))).toEqual(['fills'])
    expect(await failed(withStored(honest, { orders }))).toEqual(['fills'])
    expect(await verifyBatch(final)).toMatchObject({ status: 'final' })
    expect(await failed({ ...final, finalizedAt: 1_180n })).toEqual(['status'])
    expect(await failed(withStored(final, { batch: { status: 0 } }))).toEqual(['status'])
  })
  it('passes where nothing traded and the last price stayed or moved to an edge', async () => {
    for (const price of [100, 90, 110])
      expect(await failed(await evidenceOf({ fills: [], price })), `${price}`).toEqual([])
  })
  it('takes the contract’s word for a signature that is not there to read, and says so', async () => {
    const { ok, checks } = await verifyBatch({ ...honest, signature: null })
    expect(ok).toBe(true)
    expect(checks.find(({ name }) => name === 'signature')?.detail).toContain('the contract says')
  })
  it('names a bundle that nobody can check yet', async () => {
    const { unproven } = await verifyBatch(await evidenceOf({ proofHash: `0x${'01'.repeat(32)}` }))
    expect(unproven).toEqual(['bundle', 'carried', 'carried-before', ...UNPROVEN])
  })
  it('tells how far it is, and stops when told to', async () => {
    const told: number[] = []
    await verifyBatch(honest, { onProgress: ({ done, total }) => told.push(done, total) })
    expect(told).toEqual([1, 4, 2, 4, 3, 4, 4, 4])
    const stop = new AbortController()
    const stopped = verifyBatch(honest, { onProgress: () => stop.abort(), signal: stop.signal })
    await expect(stopped).rejects.toThrow('aborted')
  })
})

describe('what was signed, by whom and when', () => {
  it('market: another creation, or other terms than the contract’s', async () => {
    expect(await failed({ ...honest, market: { ...honest.market, nonce: 4n } })).toEqual(['market'])
    const other = { params: { ...params, challengeWindow: 61 } }
    expect(await failed(withStored(honest, { market: other }))).toEqual(['market'])
    expect(await failed(withStored(honest, { market: { startsAt: 999n } }))).toEqual(['market'])
  })
  it('leaves: one left out, at the end, in between or of an earlier batch', async () => {
    expect(await failed({ ...honest, leaves: leaves.filter((leaf) => leaf !== spoiled) })).toEqual([
      'leaves',
      'storage',
    ])
    expect(await failed({ ...honest, leaves: leaves.filter((leaf) => leaf !== sell) })).toEqual(['leaves'])
    expect(await failed({ ...honest, leaves: leaves.slice(1) })).toEqual(['leaves'])
  })
  it('leaves: an accumulator of others, signed and stored', async () => {
    expect(await failed(await evidenceOf({ acc: ZERO_HASH }))).toEqual(['leaves', 'storage'])
  })
  it('history: a batch settled before its turn, and a strike of nothing', async () => {
    const { steps } = honest
    expect(await failed({ ...honest, steps: [steps[2]!, steps[0]!] })).toContain('history')
    const strike = {
      ...{ type: 'BatchStruck' as const, batchId: 3n, signer: alice, movedUntil: 1_160n, at: 1_100n },
      blockNumber: 10n,
      logIndex: 0,
    }
    const struck = withStored({ ...honest, steps: [...steps, strike] }, { market: { strikes: 1, moves: 1 } })
    expect(await failed(struck)).toEqual(['history'])
  })
  it.each(['acc', 'settlementHash', 'count', 'price', 'priceBefore', 'challengeUntil'] as const)(
    'storage: another %s',
    async (field) => {
      const other = field === 'acc' || field === 'settlementHash' ? ZERO_HASH : field === 'challengeUntil' ? 7n : 7
      expect(await failed(withStored(honest, { batch: { [field]: other } }))).toEqual(['storage'])
    },
  )
  it('storage: another number of strikes or moves, or another signer', async () => {
    expect(await failed(withStored(honest, { market: { strikes: 1 } }))).toEqual(['storage'])
    expect(await failed(withStored(honest, { market: { moves: 1 } }))).toEqual(['storage'])
    expect(await failed(withStored(honest, { batch: { signer: stranger.address } }))).toEqual(['storage'])
  })
  it('signature: by somebody else, of something else, or none', async () => {
    const other = await evidenceOf({ by: stranger })
    expect(await failed({ ...honest, signature: other.signature })).toEqual(['signature'])
    const changed = await evidenceOf({ price: 101 })
    expect(await failed({ ...honest, signature: changed.signature })).toEqual(['signature'])
    expect(await failed({ ...honest, signature: '0x1234' })).toEqual(['signature'])
  })
  it('key: another one than the orders are sealed to, or than serves the batch by the clock', async () => {
    expect(await failed(withStored(honest, { batch: { keyId: ZERO_HASH } }))).toEqual(['key'])
    expect(await failed(withStored(honest, { batch: { keyByClock: ZERO_HASH } }))).toEqual(['key'])
  })
  it('signer: not admitted, or one that was struck in the market', async () => {
    expect(await failed({ ...honest, isSignerAdmitted: false })).toEqual(['signer'])
    const strike = {
      ...{ type: 'BatchStruck' as const, batchId: 2n, signer: settleSecond().signer, movedUntil: 1_182n, at: 1_122n },
      blockNumber: 8n,
      logIndex: 0,
    }
    const again = await evidenceOf({ round: 2 })
    const before = { ...settleSecond(), blockNumber: 7n }
    const steps = [settleFirst(), finalizeFirst(), before, strike, again.steps[2]!]
    expect(await failed(withStored({ ...again, steps }, { market: { strikes: 1, moves: 1 } }))).toEqual(['signer'])
    // A strike that blames nobody leaves the same signer free to settle again.
    const excused = steps.map((step) =>
      step.type === 'BatchStruck' ? { ...step, signer: ZERO_ADDRESS, movedUntil: 0n } : step,
    )
    expect(await failed(withStored({ ...again, steps: excused }, { market: { strikes: 1 } }))).toEqual([])
    // At another price, too: a strike takes the last price back with it.
    const another = { ...before, signer: stranger.address, settlement: { ...before.settlement, price: 101 } }
    const struck = withStored(
      {
        ...again,
        steps: [settleFirst(), finalizeFirst(), another, { ...strike, signer: stranger.address }, again.steps[2]!],
      },
      { market: { strikes: 1, moves: 1 } },
    )
    expect(await failed(struck)).toEqual([])
    expect((await verifyBatch(struck)).checks.at(-1)?.detail).toContain('after 1 settlement struck')
  })
  it('turn: another round, batch or market, before its end, or too late', async () => {
    expect(await failed(await evidenceOf({ round: 2 }))).toEqual(['turn'])
    expect(await failed(await evidenceOf({ batchId: 3n }))).toEqual(['turn'])
    expect(await failed(await evidenceOf({ marketId: ZERO_HASH }))).toEqual(['turn'])
    for (const challengeUntil of [1_179n, 1_240n]) {
      const [one, two, log] = honest.steps
      const steps = [one!, two!, { ...(log as ReturnType<typeof settleSecond>), challengeUntil }]
      expect(await failed(withStored({ ...honest, steps }, { batch: { challengeUntil } }))).toEqual(['turn'])
    }
  })
  it('status: final, void or unsettled in storage, with events that say otherwise', async () => {
    for (const status of [1, 2]) expect(await failed(withStored(honest, { batch: { status } }))).toEqual(['status'])
    expect(await failed(withStored(honest, { market: { toSettle: 2n } }))).toEqual(['status'])
    expect(await failed(withStored(honest, { market: { head: 3n } }))).toEqual(['status'])
  })
})

describe('what was filled, at which price, with whose money', () => {
  it('fills-hash: other fills than were signed for', async () => {
    const [one, two] = honest.steps
    const log = { ...settleSecond(), fills: fills.map((fill) => ({ ...fill, lots: 4 })) }
    expect(await failed({ ...honest, steps: [one!, two!, log] })).toEqual(['fills-hash'])
  })
  it('fills: an order twice', async () => {
    const half = fills.map((fill) => ({ ...fill, lots: 2 }))
    expect(await failed(await evidenceOf({ fills: [half[0]!, half[0]!, half[1]!, half[1]!] }))).toEqual(['fills'])
  })
  it('fills: cancelled, of a later batch, of nobody, of another trader, or with nothing', async () => {
    const unknown = `0x${'77'.repeat(32)}` as const
    for (const leaf of [leafOf(gone), leafOf(late), unknown]) {
      expect(await failed(await evidenceOf({ fills: withFill({ leaf }) }))).toEqual(['fills'])
    }
    const others = await plenty({ fills: withFill({ trader: bob }, false) })
    expect(await failed(others)).toEqual(expect.arrayContaining(['fills', 'sides']))
    const nothing = fills.map((fill) => ({ ...fill, lots: 0 }))
    expect(await failed(await evidenceOf({ fills: nothing }))).toEqual(['fills'])
  })
  it('fills: an order that storage has otherwise', async () => {
    for (const cancelledIn of [2n, 3n]) {
      const orders = new Map(honest.stored.orders).set(leafOf(sell), {
        trader: bob,
        placedIn: 2n,
        cancelledIn,
        filled: 0,
      })
      expect(await failed(withStored(honest, { orders }))).toEqual(['fills'])
    }
    expect(await failed(withStored(honest, { orders: new Map() }))).toEqual(['fills'])
  })
  it('fills: more over all batches than an order can be for', async () => {
    const first = settleFirst({ fills: settleFirst().fills.map((fill) => ({ ...fill, lots: 0xffff_ffff })) })
    const steps = [first, finalizeFirst(), honest.steps[2]!]
    expect(await failed({ ...honest, steps })).toContain('fills')
  })
  it('sides: more sold than bought', async () => {
    const uneven = await evidenceOf({ fills: withFill({ lots: 4 }, true) })
    expect(await failed(uneven)).toEqual(['sides', 'conservation'])
  })
  it('sides: somebody on both sides', async () => {
    const own = await plenty({ fills: withFill({ trader: alice }, true) })
    expect(await failed(own)).toEqual(expect.arrayContaining(['sides']))
  })
  it('price: outside the band, zero with fills, or moved without a trade to no edge', async () => {
    for (const price of [89, 111]) expect(await failed(await plenty({ price }))).toEqual(['price'])
    for (const price of [90, 110]) expect(await failed(await plenty({ price }))).toEqual([])
    expect(await failed(await plenty({ price: 0 }))).toEqual(['price'])
    expect(await failed(await evidenceOf({ fills: [], price: 95 }))).toEqual(['price'])
  })
  it('price: a price before any trade, though nothing traded', async () => {
    const before = settleFirst({ fills: [], price: 0 })
    const nothing = await evidenceOf(
      { fills: [], price: 7 },
      { steps: [before, finalizeFirst(0n), settleSecond({ fills: [], price: 7 })] },
    )
    expect(await failed(withStored(nothing, { batch: { priceBefore: 0 } }))).toEqual(['price'])
  })
  it('blobs: a filled order that was invalid on public evidence', async () => {
    const other = await evidenceOf({ fills: withFill({ leaf: leafOf(spoiled) }) })
    expect(await failed(other)).toEqual(['blobs'])
  })
  it('cover: more than the margin in this batch, which is less what was asked for by then', async () => {
    const asked = (batchId: bigint) => ({
      ...{ type: 'WithdrawalRequested' as const, trader: alice, batchId, base: 0n, quote: 1n },
      ...{ blockNumber: 8n, logIndex: 1 },
    })
    expect(await failed({ ...honest, money: [...money, asked(2n)] })).toEqual(['cover'])
    expect(await failed({ ...honest, money: [...money, asked(3n)] })).toEqual([])
    const afterwards = money.map((log) => (log.trader === alice ? { ...log, batchId: 3n } : log))
    expect(await failed({ ...honest, money: afterwards })).toEqual(['cover'])
  })
  it('margins: below zero once it is final', async () => {
    const dear = await evidenceOf({ price: 101 })
    expect(await failed(dear)).toEqual(['cover', 'margins'])
  })
  it('margins: one unit below zero once it is final', async () => {
    const short = money.map((log) =>
      log.type === 'MarginDeposited' && log.trader === alice ? { ...log, amount: log.amount - 1n } : log,
    )
    const margins = new Map(honest.stored.margins).set(alice.toLowerCase(), { base: 50n, quote: PAID - 1n })
    expect(await failed(withStored({ ...honest, money: short }, { margins }))).toEqual(['cover', 'margins'])
  })
  it('margins: another sum than its history makes, or a deposit that was hidden', async () => {
    const margins = new Map(honest.stored.margins).set(alice.toLowerCase(), { base: 50n, quote: PAID + 1n })
    expect(await failed(withStored(honest, { margins }))).toEqual(['margins'])
    expect(await failed({ ...honest, money: money.slice(1) })).toEqual(['cover', 'margins'])
  })
  it('margins: other fees than the fills make', async () => {
    const steps = [settleFirst(), finalizeFirst(3n), honest.steps[2]!]
    expect(await failed({ ...honest, steps })).toEqual(['margins'])
  })
  it('never throws for data that cannot be read', async () => {
    const nonsense = [{ leaf: 'nonsense', trader: 'nobody', sell: false, lots: -1 }] as unknown as Fill[]
    const steps = [settleFirst(), finalizeFirst(), { ...settleSecond(), fills: nonsense }]
    const verdict = await verifyBatch({ ...honest, steps })
    expect(verdict).toMatchObject({ ok: false, unproven: ['batch'] })
    expect(verdict.checks).toEqual([{ name: 'evidence', ok: false, detail: 'the data cannot be read' }])
  })
})
