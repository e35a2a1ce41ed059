import { keccak256, stringToHex } from 'viem'
import { bookLogPages } from '../../chain/book/bookLogs'
import type { MarketState } from '../../chain/book/marketState'
import type { ChainConnection } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'
import { SubrosaError } from '../../protocol/errors'
import type { AgreeingChain } from '../chain/agreeingChain'
import type { Header } from '../chain/header'
import { batchValue } from '../chain/provenMarket'
import { proveValues } from '../chain/proveValues'
import { isDone, type AgreedEvent, type MarketHistory, type UsedBatch } from './marketHistory'
import { readLeaves } from './readLeaves'

const AGREED = ['MarginDeposited', 'WithdrawalRequested', 'MarginWithdrawn', 'BatchSettled'] as const

/** What a market's history is read with. */
export type HistorySource = { chain: AgreeingChain; deployment: Deployment }

/**
 * Reads on from where a history ends, up to a final block, and proves what it comes to: no leaf, no batch and no
 * batch's end can be left out or made up. When money came and went is what `threshold` endpoints say, and how much is
 * held against storage where it counts (`accounts.ts`). PROTOCOL.md section 10.
 *
 * @param market As proven in that block.
 * @returns A new history; the given one stays as it is.
 * @throws SubrosaError HISTORY_MISMATCH, ENDPOINTS_DISAGREE, RPC_UNAVAILABLE.
 */
export async function extendHistory(
  { chain, deployment }: HistorySource,
  history: MarketHistory,
  market: MarketState,
  header: Header,
): Promise<MarketHistory> {
  const { id } = history
  const toBlock = header.number
  if (toBlock < history.next - 1n) throw new SubrosaError('RPC_UNAVAILABLE', { details: 'the final block went back' })
  const proveBatches = (batchIds: bigint[]) =>
    proveValues(chain, header, deployment.contracts.book, batchIds, (batchId) => batchValue(id, batchId))
  const [events, { batches, first }] = await Promise.all([
    chain.fromEnough((connection) => readEvents(connection, deployment, history, toBlock), digestOf),
    chain.fromAnyone(readBatches),
  ])
  return { id, next: toBlock + 1n, market, batches, first, events: [...history.events, ...events] }

  async function readBatches(connection: Pick<ChainConnection, 'readLogs'>) {
    const changed = await readLeaves(connection, deployment, history, { toBlock, proveBatches })
    const open = [...history.batches.values()].filter((batch) => !isDone(batch) && !changed.has(batch.id))
    const states = await proveBatches([0n, ...open.map((batch) => batch.id)])
    const refreshed = open.map((batch): UsedBatch => ({ ...batch, state: states.get(batch.id) ?? batch.state }))
    const batches = inOrder([...history.batches.values(), ...refreshed, ...changed.values()])
    const first = states.get(0n)?.next ?? 0n
    requireWhole(batches, first, market.tail)
    return { batches, first }
  }
}

/** The last of each id counts. */
function inOrder(batches: UsedBatch[]): Map<bigint, UsedBatch> {
  const latest = new Map(batches.map((batch) => [batch.id, batch]))
  return new Map([...latest].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Each used batch names the next one in storage, batch 0 the first, so that none can be kept back. */
function requireWhole(batches: Map<bigint, UsedBatch>, first: bigint, tail: bigint): void {
  let expected = first
  let last = 0n
  for (const { id, state } of batches.values()) {
    if (id !== expected) throw mismatch(`batch ${expected} is missing`)
    expected = state.next
    last = id
  }
  if (expected !== 0n || last !== tail) throw mismatch(`batch ${expected || tail} is missing`)
}

async function readEvents(
  connection: Pick<ChainConnection, 'readLogs'>,
  deployment: Deployment,
  history: MarketHistory,
  toBlock: bigint,
): Promise<AgreedEvent[]> {
  const events: AgreedEvent[] = []
  const filter = { id: history.id, types: AGREED, fromBlock: history.next, toBlock }
  for await (const page of bookLogPages(connection, deployment, filter)) events.push(...page.events)
  return events
}

const digestOf = (events: readonly AgreedEvent[]) =>
  keccak256(
    stringToHex(JSON.stringify(events, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))),
  )

function mismatch(details: string): SubrosaError {
  return new SubrosaError('HISTORY_MISMATCH', { details })
}
