import type { Hex } from 'viem'
import { bookDomain } from '../../chain/deployment'
import type { MarketState } from '../../chain/book/marketState'
import type { Carried } from '../../protocol/book/carried'
import { EMPTY_BOOK } from '../../protocol/book/batchOutcome'
import { isBefore } from '../../protocol/book/marginAt'
import { SubrosaError } from '../../protocol/errors'
import type { Header } from '../chain/header'
import type { MarketHistory } from './marketHistory'
import type { OpenedOrders } from './openOrders'
import { openOwnOrders } from './openOwnOrders'
import { ordersOf, outcomeOf } from './outcome'
import type { BatchSettler } from './settleBatch'
import { standingSettlements } from './standing'

/**
 * What became of every order in a settled batch: the list that its settlement commits to, made again from the chain.
 * PROTOCOL.md section 11.
 *
 * @throws SubrosaError NOT_FOUND where the batch is not settled, or not as this enclave's keys would have it; as
 * `settleBatch` else.
 */
export async function carriedList(
  settler: BatchSettler,
  block: Header,
  batchId: bigint,
  history: MarketHistory & { market: MarketState },
  opened: OpenedOrders,
): Promise<{ carriedHash: Hex; carried: Carried[] }> {
  const settled = standingSettlements(bookDomain(settler.deployment), history)
  const standing = settled.get(batchId)
  if (!standing) throw new SubrosaError('NOT_FOUND')
  await openOwnOrders(settler, block, history.market, ordersOf(history, batchId), opened)
  // As it was when the batch was settled: later settlements, and payments after it, were not there.
  const earlier = new Map([...settled].filter(([id]) => id < batchId))
  const events = history.events.filter((event) => event.type !== 'MarginWithdrawn' || isBefore(event, standing))
  const { settlement, carried } = outcomeOf({ ...history, events }, earlier, batchId, opened, EMPTY_BOOK)
  const { carriedHash } = standing.settlement
  if (settlement.carriedHash !== carriedHash) throw new SubrosaError('NOT_FOUND')
  return { carriedHash, carried }
}
