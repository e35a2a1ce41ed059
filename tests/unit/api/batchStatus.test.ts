import { describe, expect, it } from 'vitest'
import { batchStatusOf } from '../../../app/api/v1/_lib/batchView'

/** Ends at 100 and can be settled until 160. */
const times = { endsAt: 100n, settleBy: 160n }

describe('where a batch stands, by chain time (PROTOCOL.md section 11)', () => {
  it.each([
    ['OPEN', 0n, 'open'],
    ['OPEN', 99n, 'open'],
    // The end is the first second that is no longer part of it, and so is the deadline.
    ['OPEN', 100n, 'waiting'],
    ['OPEN', 159n, 'waiting'],
    ['OPEN', 160n, 'void'],
    ['STRUCK', 120n, 'struck'],
    ['STRUCK', 159n, 'struck'],
    ['STRUCK', 160n, 'void'],
  ] as const)('%s at %i is %s', (status, now, shown) => {
    expect(batchStatusOf({ status }, times, now)).toBe(shown)
  })

  it('with more time after a strike, it waits until then', () => {
    expect(batchStatusOf({ status: 'STRUCK' }, { ...times, settleBy: 500n }, 499n)).toBe('struck')
    expect(batchStatusOf({ status: 'STRUCK' }, { ...times, settleBy: 500n }, 500n)).toBe('void')
  })

  it.each([
    ['SETTLED', 'settled'],
    ['FINAL', 'final'],
    ['VOIDED', 'void'],
  ] as const)('%s is what the contract said, whatever the time', (status, shown) => {
    for (const now of [0n, 100n, 159n, 160n, 10_000n]) expect(batchStatusOf({ status }, times, now)).toBe(shown)
  })
})
