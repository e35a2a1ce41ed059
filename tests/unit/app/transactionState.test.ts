import { describe, expect, it } from 'vitest'
import { advance, isBusy, type TransactionState } from '../../../app/_transaction/state'
import { problemOf } from '../../../app/_transaction/problem'

const hash = `0x${'ab'.repeat(32)}` as const
const run = (...steps: TransactionState[]) => steps.reduce<TransactionState>(advance, { at: 'idle' })

const SEALING: TransactionState[] = [
  { at: 'checking', step: 'Bid' },
  { at: 'awaiting-signature', step: 'Two signatures' },
  { at: 'encrypting' },
  { at: 'saved', download: null },
]
const SENDING: TransactionState[] = [
  { at: 'checking', step: 'Bid' },
  { at: 'awaiting-signature', step: 'Bid' },
  { at: 'submitted', step: 'Bid', hash },
]

describe('a transaction', () => {
  it('goes from sealing over two calls to final', () => {
    expect(run(...SEALING, ...SENDING, ...SENDING, { at: 'included', hash, block: 5n }).at).toBe('included')
    const final = run(...SEALING, ...SENDING, { at: 'included', hash, block: 5n }, { at: 'final', hash, block: 5n })
    expect(final).toEqual({ at: 'final', hash, block: 5n })
  })

  it('is never sent before the receipt of its bid is saved', () => {
    const state = run(...SEALING.slice(0, 3), { at: 'submitted', step: 'Bid', hash })
    expect(state.at).toBe('encrypting')
  })

  it('cannot be put aside while under way, so that a second one cannot begin', () => {
    for (let length = 1; length <= SEALING.length + SENDING.length; length++) {
      const state = run(...[...SEALING, ...SENDING].slice(0, length))
      expect(isBusy(state)).toBe(true)
      expect(advance(state, { at: 'idle' })).toBe(state)
    }
  })

  it('may fail or be rejected at any step, and then stays so', () => {
    const rejected: TransactionState = { at: 'rejected', problem: problemOf('USER_REJECTED') }
    const ended = run(...SEALING, rejected)
    expect(ended).toBe(rejected)
    expect(isBusy(ended)).toBe(false)
    expect(advance(ended, { at: 'submitted', step: 'late', hash })).toBe(ended)
    expect(advance(ended, { at: 'idle' }).at).toBe('idle')
  })

  it('follows a repriced transaction to its new hash', () => {
    const other = `0x${'cd'.repeat(32)}` as const
    expect(run(...SENDING, { at: 'submitted', step: 'Bid', hash: other })).toMatchObject({ hash: other })
  })

  it('that no block takes is under way until the person says otherwise', () => {
    const overdue = run(...SENDING, { at: 'overdue', step: 'Bid', hash })
    expect(isBusy(overdue)).toBe(true)
    expect(advance(overdue, { at: 'submitted', step: 'Bid', hash }).at).toBe('submitted')
    expect(advance(overdue, { at: 'failed', problem: problemOf('RPC_UNAVAILABLE'), hash }).at).toBe('failed')
  })

  it('can be undone by the chain after a block had it, but not once that is final', () => {
    const undone: TransactionState = { at: 'failed', problem: problemOf('TRANSACTION_REVERTED'), hash }
    const included = run(...SENDING, { at: 'included', hash, block: 5n })
    expect(advance(included, undone)).toBe(undone)
    const final = advance(included, { at: 'final', hash, block: 5n })
    expect(advance(final, undone)).toBe(final)
  })

  it('takes no news of an ended job for its own', () => {
    expect(run({ at: 'final', hash, block: 5n }).at).toBe('idle')
    expect(run(...SENDING, { at: 'final', hash, block: 5n }).at).toBe('submitted')
  })
})
