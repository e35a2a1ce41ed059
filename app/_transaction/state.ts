import type { Hash } from 'viem'
import type { Receipt } from '../../lib/protocol/receipt'
import type { Problem } from './problem'

/**
 * A receipt that the person must have as a file. `repeatable`: the wallet can open the bid by itself; `kept`: the
 * browser stored its record.
 */
export type ReceiptToSave = { receipt: Receipt; repeatable: boolean; kept: boolean }

/**
 * Where a transaction stands. `step` says in words which call is meant, as some jobs need two.
 * `submitted` has no hash where the wallet answered with none: then the chain's own event tells.
 * `overdue`: sent long ago, and in no block, or `dropped` by the network; the person says whether to look again.
 * `saved` with `download`: waits until the person has the receipt as a file.
 */
export type TransactionState =
  | { at: 'idle' }
  | { at: 'checking'; step: string }
  | { at: 'encrypting' }
  | { at: 'saved'; download: ReceiptToSave | null }
  | { at: 'awaiting-signature'; step: string }
  | { at: 'submitted'; step: string; hash?: Hash | undefined }
  | { at: 'overdue'; step: string; hash?: Hash | undefined; dropped?: boolean }
  | { at: 'included'; hash: Hash; block: bigint }
  | { at: 'final'; hash: Hash; block: bigint }
  | { at: 'replaced'; hash: Hash }
  | { at: 'rejected'; problem: Problem }
  | { at: 'failed'; problem: Problem; hash?: Hash | undefined }

type Place = TransactionState['at']

const ENDS: readonly Place[] = ['rejected', 'failed', 'replaced']

/** What may follow what. Everything under way may also end in one of `ENDS`. */
const NEXT: Record<Place, readonly Place[]> = {
  idle: ['checking', 'encrypting', 'awaiting-signature'],
  checking: ['encrypting', 'awaiting-signature'],
  encrypting: ['saved'],
  saved: ['checking', 'saved'],
  'awaiting-signature': ['submitted', 'encrypting', 'checking'],
  submitted: ['submitted', 'overdue', 'checking', 'included'],
  overdue: ['submitted'],
  // A chain may yet undo the block.
  included: ['final', 'failed'],
  final: [],
  replaced: [],
  rejected: [],
  failed: [],
}

/** Whether a job is under way: until its last transaction is included, or it ended otherwise, no other may begin. */
export function isBusy(state: TransactionState): boolean {
  return !['idle', 'included', 'final', ...ENDS].includes(state.at)
}

/**
 * The state machine: the next state, or the same one where `next` cannot follow (a late answer to an ended job).
 */
export function advance(state: TransactionState, next: TransactionState): TransactionState {
  if (next.at === 'idle') return isBusy(state) ? state : next
  const ends = ENDS.includes(next.at) && isBusy(state)
  return ends || NEXT[state.at].includes(next.at) ? next : state
}
