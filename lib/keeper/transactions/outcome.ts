import type { MinedTransaction } from '../../chain/transactionNode'
import type { SignedRecord } from '../journal/records'

/**
 * What became of a task's nonce. `succeeded` and `reverted` are said when a block holds it, which may not be final;
 * `final` when that block is; `cancelled`: a transfer of nothing took its place; `superseded`: so did a transaction that
 * this keeper did not send.
 */
export type Outcome = {
  kind: 'succeeded' | 'reverted' | 'final' | 'cancelled' | 'superseded'
  attempt: SignedRecord
  mined: MinedTransaction | null
}
