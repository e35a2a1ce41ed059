import type { Address, Hex } from 'viem'
import { readBookLogs } from '../../lib/chain/book/bookLogs'
import type { BookEventOf } from '../../lib/chain/book/events'
import { readMarket, type MarketState } from '../../lib/chain/book/marketState'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { SubrosaError } from '../../lib/protocol/errors'

const OWN = ['OrderPlaced', 'OrderCancelled', 'AllCancelled'] as const

type OwnEvent = BookEventOf<(typeof OWN)[number]>
type BatchEvent = BookEventOf<'BatchSettled' | 'BatchVoided' | 'BatchFinalized' | 'BatchStruck'>

/** Events up to a block that cannot be undone, which need not be read again. */
export type ReadBefore = { own: OwnEvent[]; batches: BatchEvent[]; finalTo: bigint }

/** One trader's orders as events, with those of the market's batches since his first; the market at that block. */
export type OrderEvents = { events: (OwnEvent | BatchEvent)[]; market: MarketState; settled: ReadBefore }

/**
 * Reads what one account did in one market and what its batches made of it, from the chain's own events: the only truth
 * about an order.
 *
 * @param fromBlock The market's first block.
 * @param before What an earlier reading found for good.
 * @throws SubrosaError MARKET_UNKNOWN, RPC_UNAVAILABLE
 */
export async function readOrderEvents(
  chain: ChainConnection,
  deployment: Deployment,
  { id, account, fromBlock }: { id: Hex; account: Address; fromBlock: bigint },
  before: ReadBefore = { own: [], batches: [], finalTo: fromBlock - 1n },
): Promise<OrderEvents> {
  // The final block first: what is final before the newest is known stays final.
  const final = await chain.readBlock('finalized')
  const { number: toBlock } = await chain.readBlock('latest')
  const range = { id, fromBlock: before.finalTo + 1n, toBlock }
  const [market, fresh] = await Promise.all([
    readMarket(chain, deployment, id, toBlock),
    readBookLogs(chain, deployment, { ...range, trader: account, types: OWN }),
  ])
  if (!market) throw new SubrosaError('MARKET_UNKNOWN')
  const own = [...before.own, ...fresh]
  const [first] = own
  const types = ['BatchSettled', 'BatchVoided', 'BatchFinalized', 'BatchStruck'] as const
  // Batches before the first order have nothing to say about it.
  const since = before.own.length > 0 ? range.fromBlock : first?.blockNumber
  const news = since === undefined ? [] : await readBookLogs(chain, deployment, { ...range, fromBlock: since, types })
  const batches = [...before.batches, ...news]
  const kept = <Event extends { blockNumber: bigint }>(events: Event[]) =>
    events.filter(({ blockNumber }) => blockNumber <= final.number)
  const settled =
    final.number <= before.finalTo ? before : { own: kept(own), batches: kept(batches), finalTo: final.number }
  return { events: [...own, ...batches].sort(inOrder), market, settled }
}

type Placed = { blockNumber: bigint; logIndex: number }

function inOrder(a: Placed, b: Placed): number {
  return Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex
}
