import { describe, expect, it } from 'vitest'
import type { BatchEvidence, BatchLog } from '../../../lib/protocol/book/batchEvidence'
import { verifyBatch } from '../../../lib/protocol/book/verifyBatch'
import { END, evidenceOf, finalizeFirst, leaves, settleFirst, settleSecond, spoiled } from './batchWorld'

const settled = await evidenceOf()
const before = [settleFirst(), finalizeFirst()]
const voided: BatchLog = { type: 'BatchVoided', batchId: 2n, blockNumber: 9n, logIndex: 0 }
/** Batch 2 without a settlement, as its storage then is. `status` 2: void. */
function unsettled(steps: readonly BatchLog[], now: bigint, status = 0): BatchEvidence {
  const { stored } = settled
  return { ...settled, steps, now, isSignerAdmitted: false, stored: { ...stored, batch: { ...stored.batch, status } } }
}
const failed = async (evidence: BatchEvidence) =>
  (await verifyBatch(evidence)).checks.filter(({ ok }) => !ok).map(({ name }) => name)

describe('a batch without a settlement that stands (PROTOCOL.md section 11)', () => {
  it('is void, which is an outcome, by an event or by the clock', async () => {
    for (const evidence of [unsettled([...before, voided], END + 61n, 2), unsettled(before, END + 60n)]) {
      expect(await verifyBatch(evidence)).toMatchObject({ ok: true, status: 'void', fills: 0, unproven: [] })
    }
  })
  it('is not void where events and storage disagree', async () => {
    expect(await failed(unsettled([...before, voided], END + 61n))).toEqual(['status'])
    expect(await failed(unsettled(before, END + 61n, 2))).toEqual(['status'])
  })
  it('is still held against the contract’s accumulator', async () => {
    const evidence = {
      ...unsettled([...before, voided], END + 61n, 2),
      leaves: leaves.filter((leaf) => leaf !== spoiled),
    }
    expect(await failed(evidence)).toEqual(['leaves'])
  })
  it('has no verdict while it takes orders or waits', async () => {
    const waits = { ok: false, unproven: ['settlement'] }
    expect(await verifyBatch(unsettled(before, END - 1n))).toMatchObject({ ...waits, status: 'open' })
    expect(await verifyBatch(unsettled(before, END + 59n))).toMatchObject({ ...waits, status: 'waiting' })
  })
  it('waits anew once its settlement was struck, and is void after that', async () => {
    const strike = {
      ...{
        type: 'BatchStruck' as const,
        batchId: 2n,
        signer: settleSecond().signer,
        movedUntil: END + 110n,
        at: END + 50n,
      },
      blockNumber: 10n,
      logIndex: 0,
    }
    const steps = [...before, settleSecond(), strike]
    expect(await verifyBatch(unsettled(steps, END + 109n))).toMatchObject({ ok: false, status: 'struck' })
    expect(await verifyBatch(unsettled(steps, END + 110n))).toMatchObject({ ok: true, status: 'void' })
  })
})
