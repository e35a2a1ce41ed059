import type { Address, Hex } from 'viem'
import { BATCH_STATUS } from '../../chain/book/batchState'
import type { BatchSettlement, Fill } from '../../protocol/book/settlement'
import { bookDomain } from '../../chain/deployment'
import type { BatchOutcome, BookState } from '../../protocol/book/batchOutcome'
import type { Carried } from '../../protocol/book/carried'
import { deadlineOf } from '../../protocol/book/deadline'
import { hashBatchSettlement } from '../../protocol/book/settlement'
import { SubrosaError } from '../../protocol/errors'
import { accountValue, type ProvenAccount } from '../chain/provenMarket'
import { proveValues } from '../chain/proveValues'
import type { EnclaveKeys } from '../keys/enclaveKeys'
import type { Threads } from '../opening/pool'
import { requireSums, waitingTraders } from './accounts'
import type { HistorySource } from './extendHistory'
import { openOwnOrders } from './openOwnOrders'
import type { OpenedOrders } from './openOrders'
import { outcomeOf, ordersOf, tradersOf } from './outcome'
import type { MarketHistory } from './marketHistory'
import { proveKeys, type DueBatch } from './readDueBatch'
import { standingSettlements } from './standing'

export type SignedBatch = { settlement: BatchSettlement; signature: Hex; fills: Fill[]; carried: Carried[] }

/** What settling takes beside the batch and its market's history. */
export type BatchSettler = HistorySource & { keys: EnclaveKeys; threads: Threads }

/**
 * The outcome of a batch, signed. A pure function of the market's history and the keys: asked twice, it gives the same
 * bytes, so there is no state to keep or to roll back. PROTOCOL.md section 11.
 *
 * @param opened What was opened before; what is opened now is added.
 * @param from The state after some earlier batch that can change no more.
 * @returns `before`: the state after the batch before this one.
 * @throws SubrosaError BATCH_NOT_NEXT where an earlier batch may still be settled; KEY_UNAVAILABLE where the batch's key
 * is not this enclave's; HISTORY_MISMATCH, ENDPOINTS_DISAGREE, RPC_UNAVAILABLE.
 */
export async function settleBatch(
  settler: BatchSettler,
  due: DueBatch,
  history: MarketHistory,
  opened: OpenedOrders,
  from: BookState,
): Promise<{ signed: SignedBatch; before: BookState }> {
  const { keys, deployment } = settler
  const { batchId, market, batch } = due
  if ((await keys.sealingKey(due.epoch)).keyId !== batch.keyId) throw new SubrosaError('KEY_UNAVAILABLE')
  await requireTurn(settler, due, history)
  const settled = standingSettlements(bookDomain(deployment), history)
  // Every ciphertext is behind a proven accumulator here. Money is proven while the workers open.
  const [, accounts] = await Promise.all([
    openOwnOrders(settler, due.block, market, ordersOf(history, batchId), opened),
    proveAccounts(settler, due, history, tradersOf(history, batchId, opened, from)),
  ])
  requireSums({ ...history, market }, settled, accounts)
  const outcome = outcomeOf({ ...history, market }, settled, batchId, opened, from)
  requireSame(outcome, due)
  const { settlement, fills, carried, before } = outcome
  const signature = await keys.sign(hashBatchSettlement(bookDomain(deployment), settlement))
  return { signed: { settlement, signature, fills, carried }, before }
}

/** What was replayed is what storage has, the last price too: no signature speaks of anything else. */
function requireSame({ settlement, before }: BatchOutcome, { batch, market }: DueBatch): void {
  const last = market.lastPrice === 0 ? null : market.lastPrice
  if (settlement.acc === batch.acc && settlement.count === batch.count && before.last === last) return
  throw new SubrosaError('HISTORY_MISMATCH', { details: 'the replayed market is not the one in storage' })
}

/**
 * Batches before it that are not settled are void in every block from now on: marked so, past their deadline, or over
 * without a key that anybody may sign for. A strike gives no batch time that is void already.
 */
async function requireTurn(source: HistorySource, due: DueBatch, { batches }: MarketHistory): Promise<void> {
  const { batchId, market, moves, block } = due
  const open = [...batches.values()].filter(({ id, state }) => {
    return id >= market.toSettle && id < batchId && state.status === BATCH_STATUS.OPEN
  })
  const early = open.filter(({ id }) => block.timestamp < deadlineOf(market, id, moves, true))
  const known = await proveKeys(source, block, [...new Set(early.map(({ state }) => state.keyId))])
  for (const { id, state } of early) {
    const isVoid = block.timestamp >= deadlineOf(market, id, moves, known.has(state.keyId))
    if (!isVoid) throw new SubrosaError('BATCH_NOT_NEXT', { details: `batch ${id} comes first` })
  }
}

function proveAccounts(
  { chain, deployment }: HistorySource,
  { id, block }: DueBatch,
  history: MarketHistory,
  traders: readonly Address[],
): Promise<Map<Address, ProvenAccount>> {
  const waiting = waitingTraders(history)
  return proveValues(chain, block, deployment.contracts.book, traders, (trader) =>
    accountValue(id, trader, waiting.has(trader)),
  )
}
