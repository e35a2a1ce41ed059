import { describe, expect, it } from 'vitest'
import type { BatchEvidence, BatchLog } from '../../../lib/protocol/book/batchEvidence'
import { UNPROVEN } from '../../../lib/protocol/book/batchVerdict'
import { carriedHash, type Carried } from '../../../lib/protocol/book/carried'
import { DISPOSITION, type DispositionName } from '../../../lib/protocol/book/disposition'
import type { PlacedOrder } from '../../../lib/protocol/book/replayBatches'
import { byLeaf } from '../../../lib/protocol/book/settlement'
import { verifyBatch, type JudgedBatch } from '../../../lib/protocol/book/verifyBatch'
import { wantedLists } from '../../../lib/protocol/book/wantedLists'
import {
  alice,
  bob,
  buy,
  evidenceOf,
  finalizeFirst,
  gone,
  late,
  leafOf,
  leaves,
  sell,
  settleFirst,
  settleSecond,
  spoiled,
} from './batchWorld'

const row = (order: PlacedOrder, filled: number, name: DispositionName): Carried => ({
  ...{ leaf: leafOf(order), filled, disposition: DISPOSITION[name] },
})
const sellFirst = leaves[1] as PlacedOrder
const firstList = [row(buy, 5, 'rests'), row(sellFirst, 5, 'ended')]
const list = [row(buy, 10, 'rests'), row(sell, 5, 'cutRests'), row(gone, 0, 'cancelled'), row(spoiled, 0, 'invalid')]

type World = { before?: readonly Carried[] | null; steps?: (log: BatchLog, first: BatchLog) => BatchLog[] }

/** Batch 2 with such a list, signed for; and with such a one of batch 1. */
async function signedFor(carried: readonly Carried[], { before = firstList, steps }: World = {}) {
  const first = settleFirst({ carriedHash: carriedHash(before ?? []) })
  const log = settleSecond({ carriedHash: carriedHash(carried) })
  const evidence = await evidenceOf(
    { carriedHash: carriedHash(carried) },
    { steps: steps ? steps(log, first) : [first, finalizeFirst(), log] },
  )
  return { ...evidence, lists: { carried, before } }
}
const verdictOf = async (evidence: JudgedBatch) => {
  const verdict = await verifyBatch(evidence)
  const bad = verdict.checks.filter(({ ok }) => !ok)
  expect(verdict.ok).toBe(bad.length === 0)
  return { ...verdict, failed: bad.map(({ name }) => name), detail: bad.map(({ detail }) => detail).join() }
}
/** What is said of a list that was signed for, and that is wrong about this alone. */
const wordsOf = async (carried: readonly Carried[], world?: World) => {
  const { failed, detail } = await verdictOf(await signedFor(carried, world))
  expect(failed).toEqual(['carried'])
  return detail
}
const without = (order: PlacedOrder, rows = list) => rows.filter(({ leaf }) => leaf !== leafOf(order))
const changed = (order: PlacedOrder, changes: Partial<Carried>) =>
  list.map((one) => (one.leaf === leafOf(order) ? { ...one, ...changes } : one))
const as = (name: DispositionName) => ({ disposition: DISPOSITION[name] })

describe('the list of what became of a batch’s orders (PROTOCOL.md section 11)', () => {
  it('passes where it is the signed one and agrees with the chain, with the list before and without', async () => {
    const both = await verdictOf(await signedFor(list))
    expect(both).toMatchObject({ ok: true, failed: [], unproven: UNPROVEN })
    expect(both.checks.find(({ name }) => name === 'carried')?.detail).toBe(
      'the list of 4 orders is the signed one, and agrees with the chain',
    )
    const alone = await verdictOf(await signedFor(list, { before: null }))
    expect(alone).toMatchObject({ ok: true, failed: [], unproven: ['carried-before', ...UNPROVEN] })
    expect(alone.checks.find(({ name }) => name === 'carried')?.detail).toContain(
      'of the batch before was not to be had',
    )
  })
  it('is unproven where nobody has it', async () => {
    const { lists: _lists, ...evidence } = await signedFor(list)
    expect(await verdictOf(evidence)).toMatchObject({ ok: true, unproven: ['carried', 'carried-before', ...UNPROVEN] })
  })
  it('names the settlements whose lists are wanted', async () => {
    const { own, before } = wantedLists(await signedFor(list))
    expect([own?.batchId, before?.batchId]).toEqual([2n, 1n])
    const first = await signedFor(list)
    expect(wantedLists({ ...first, batchId: 1n })).toMatchObject({ own: { batchId: 1n }, before: null })
    expect(wantedLists({ ...first, batchId: 3n }).own).toBeNull()
  })
  it('is refused where it is another than the signed one, whatever it says', async () => {
    for (const carried of [[], firstList, changed(sell, as('rests')), list.toReversed()]) {
      const { failed, detail } = await verdictOf({ ...(await signedFor(list)), lists: { carried, before: null } })
      expect(failed).toEqual(['carried'])
      expect(detail).toContain(`and ${carriedHash(list)} was signed`)
    }
    const before = [row(buy, 5, 'rests')]
    const { failed, detail } = await verdictOf({ ...(await signedFor(list)), lists: { carried: list, before } })
    expect([failed, detail]).toEqual([['carried'], expect.stringContaining('the list of batch 1 hashes to')])
  })
})

describe('a list that was signed for, and is forged', () => {
  it.each<[string, Carried[], string]>([
    ['leaves out an order of the batch', without(spoiled), 'was placed in this batch, and is not in the list'],
    ['leaves out an older one that was filled here', without(buy), 'is not in the list, and was filled here or later'],
    ['has an order of a later batch', [...list, row(late, 0, 'rests')], 'no order that was placed by then'],
    ['has an order of nobody', [...list, { ...list[0]!, leaf: `0x${'77'.repeat(32)}` }], 'no order that was placed'],
    ['has an order twice', [list[0]!, ...list], 'twice, or out of order'],
    ['is out of order', [list[1]!, list[0]!, ...list.slice(2)], 'twice, or out of order'],
    [
      'gives an order more than batches did',
      changed(buy, { filled: 11 }),
      'has 11 lots in the list, and batches gave it 10',
    ],
    [
      'gives an order less than batches did',
      changed(sell, { filled: 0 }),
      'has 0 lots in the list, and batches gave it 5',
    ],
    ['says that a live order was cancelled', changed(spoiled, as('cancelled')), 'was not cancelled in this batch'],
    ['says that a cancelled order expired', changed(gone, as('expired')), 'and was cancelled in this batch'],
    ['takes an invalid order for one that rests', changed(spoiled, as('rests')), 'and invalid on public evidence'],
    ['says that an order is filled that got nothing', changed(spoiled, as('filled')), 'and got nothing in this batch'],
    ...(['expired', 'invalid', 'selfTrade', 'uncovered', 'tooManyConditional', 'fillOrKill'] as const).map(
      (name): [string, Carried[], string] => [
        `says ${name} of what was filled`,
        changed(sell, as(name)),
        'and was filled',
      ],
    ),
    ...(['minFillRests', 'minFillEnded', 'unopened'] as const).map((name): [string, Carried[], string] => [
      `says ${name} of what was filled`,
      changed(sell, as(name)),
      'and was filled',
    ]),
    ['has a disposition that is none', changed(sell, { disposition: 18 }), 'has the disposition 18, which is none'],
    [
      'keeps who ended before',
      [list[0]!, row(sellFirst, 5, 'rests'), ...list.slice(1)],
      'ended by batch 1, and is in the list again',
    ],
  ])('%s', async (_what, carried, words) => {
    expect(await wordsOf(carried)).toContain(words)
  })

  it('loses an order that rested, unless a void batch lies between, which may have ended it', async () => {
    const nothing = { before: [row(buy, 0, 'rests'), row(sellFirst, 0, 'rests')] }
    // Nothing traded in batch 1, so that both orders of it may rest.
    const first = settleFirst({ fills: [], price: 0, carriedHash: carriedHash(nothing.before) })
    const rest = [row(buy, 5, 'rests'), row(sell, 5, 'rests'), ...list.slice(2)]
    const found = await verdictOf(
      await signedFor(rest, { ...nothing, steps: (log) => [first, finalizeFirst(0n), log] }),
    )
    expect(found.detail).toContain(`${leafOf(sellFirst)} rested in batch 1, and is not in the list`)
  })

  it('keeps an order that was cancelled in a batch before', async () => {
    const cancel = {
      type: 'OrderCancelled' as const,
      id: sell.id,
      trader: bob,
      batchId: 1n,
      seq: 2,
      leaf: leafOf(sellFirst),
    }
    const kept = [list[0]!, row(sellFirst, 5, 'rests'), ...list.slice(1)]
    const events = [...leaves.slice(0, 2), cancel, ...leaves.slice(2)]
    const { failed, detail } = await verdictOf({ ...(await signedFor(kept, { before: null })), leaves: events })
    expect([failed, detail]).toEqual([['carried'], `${leafOf(sellFirst)} was cancelled in batch 1, and is in the list`])
  })

  it('ends an order that a later batch fills', async () => {
    const third = (log: BatchLog) => {
      const fills = [
        { leaf: leafOf(late), trader: alice, sell: false, lots: 1 },
        { leaf: leafOf(sell), trader: bob, sell: true, lots: 1 },
      ].sort(byLeaf)
      return { ...log, batchId: 3n, fills, blockNumber: 20n } as BatchLog
    }
    const steps = (log: BatchLog, first: BatchLog) => [first, finalizeFirst(), log, third(log)]
    const toSettle = (evidence: BatchEvidence) => {
      const { stored } = evidence
      return { ...evidence, stored: { ...stored, market: { ...stored.market, toSettle: 0n } } }
    }
    const ended = await verdictOf(toSettle(await signedFor(changed(sell, as('ended')), { steps })))
    expect([ended.failed, ended.detail]).toEqual([['carried'], expect.stringContaining('and a later batch filled it')])
    expect((await verdictOf(toSettle(await signedFor(list, { steps })))).failed).toEqual([])
    const lost = await verdictOf(toSettle(await signedFor(without(sell), { steps })))
    expect(lost.failed).toEqual(['carried'])
  })
})
