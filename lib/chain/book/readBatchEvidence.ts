import type { Address, Hex } from 'viem'
import type { BatchEvidence, BatchLog, StoredBook } from '../../protocol/book/batchEvidence'
import { SubrosaError } from '../../protocol/errors'
import type { BlockRef, ChainConnection } from '../connection'
import { bookDomain, type BookDeployment } from '../deployment'
import { readRegistryEvents } from '../registryLogs'
import { batchSignatureIn } from '../settlementSignature'
import { wasAdmitted } from '../signerAdmission'
import { readIsKnownKey } from '../sealingKeys'
import { readBatch, type BatchState } from './batchState'
import { readBookLogs } from './bookLogs'
import type { BookEventOf } from './events'
import { readMarket, type MarketState } from './marketState'
import { readKeyOfBatch, readMargin, readOrder } from './reads'

/** All of a batch that a chain shows, and where it was read. */
export type FoundBatch = {
  evidence: BatchEvidence
  /** The settlement that stands; null where none does. */
  settled: BookEventOf<'BatchSettled'> | null
  /** The block whose storage was read. */
  block: BlockRef
}

const TYPES = [
  ...(['MarketCreated', 'OrderPlaced', 'OrderCancelled', 'AllCancelled', 'MarginDeposited'] as const),
  'WithdrawalRequested' as const,
  ...(['MarginWithdrawn', 'BatchSettled', 'BatchStruck', 'BatchVoided', 'BatchFinalized'] as const),
]

/** Requests that are under way at a time. */
const AT_ONCE = 16

/**
 * Reads from a chain what `verifyBatch` judges: the market's events from its beginning, its storage at one block, and what
 * the registry had said of the signer before the settlement. PROTOCOL.md section 11.
 *
 * @throws SubrosaError MARKET_UNKNOWN; NOT_FOUND where nobody used this batch; HISTORY_MISMATCH where the node left out the
 * market's beginning; RPC_UNAVAILABLE, also where a block was replaced while its storage was read.
 */
export async function readBatchEvidence(
  connection: ChainConnection,
  deployment: BookDeployment,
  marketId: Hex,
  batchId: bigint,
): Promise<FoundBatch> {
  const block = await connection.readBlock('latest')
  const at = block.number
  const market = await readMarket(connection, deployment, marketId, at)
  if (!market) throw new SubrosaError('MARKET_UNKNOWN')
  const batch = await readBatch(connection, deployment, marketId, batchId, at)
  if (batch.count === 0) throw new SubrosaError('NOT_FOUND', { details: 'nobody used this batch' })
  const events = await readBookLogs(connection, deployment, { id: marketId, types: TYPES, toBlock: at })
  const created = events.find((event) => event.type === 'MarketCreated')
  if (!created) throw new SubrosaError('HISTORY_MISMATCH', { details: 'the market’s creation is not among its events' })
  const settled = standingIn(events, batchId)
  const input = settled && (await connection.readCallData(settled))
  const registered = settled ? await readRegistryEvents(connection, deployment, batch.keyId, settled.blockNumber) : []
  const steps = await readSteps(connection, events)
  const finalizedAt = await readFinalizedAt(connection, events, batchId)
  const stored = await readStored(connection, deployment, market, { id: batchId, ...batch }, settled, at)
  if ((await connection.readBlock(at)).hash !== block.hash) {
    throw new SubrosaError('RPC_UNAVAILABLE', { details: `block ${at} was replaced: ask again` })
  }
  const { params, creator, nonce, startsAt } = created
  const evidence: BatchEvidence = {
    ...{ domain: bookDomain(deployment), marketId, batchId },
    market: { params, creator, nonce, startsAt },
    leaves: events.filter(
      (event) => event.type === 'OrderPlaced' || event.type === 'OrderCancelled' || event.type === 'AllCancelled',
    ),
    money: events.filter(
      (event) =>
        event.type === 'MarginDeposited' || event.type === 'WithdrawalRequested' || event.type === 'MarginWithdrawn',
    ),
    ...{ steps, finalizedAt },
    signature: input && batchSignatureIn(input, marketId, batchId),
    isSignerAdmitted: settled ? wasAdmitted(registered, settled.signer, settled) : false,
    stored,
    now: block.timestamp,
  }
  return { evidence, settled, block }
}

type Events = readonly BookEventOf<(typeof TYPES)[number]>[]

/** The last settlement of a batch that no strike took back. */
function standingIn(events: Events, batchId: bigint): BookEventOf<'BatchSettled'> | null {
  let standing: BookEventOf<'BatchSettled'> | null = null
  for (const event of events) {
    if (event.type === 'BatchSettled' && event.batchId === batchId) standing = event
    if (event.type === 'BatchStruck' && event.batchId <= batchId) standing = null
  }
  return standing
}

/** What became of batches, with the times of strikes. */
async function readSteps(connection: ChainConnection, events: Events): Promise<BatchLog[]> {
  const steps: BatchLog[] = []
  for (const event of events) {
    if (event.type === 'BatchStruck') {
      steps.push({ ...event, at: (await connection.readBlock(event.blockNumber)).timestamp })
    } else if (event.type === 'BatchSettled' || event.type === 'BatchVoided' || event.type === 'BatchFinalized') {
      steps.push(event)
    }
  }
  return steps
}

async function readFinalizedAt(connection: ChainConnection, events: Events, batchId: bigint): Promise<bigint | null> {
  const final = events.find((event) => event.type === 'BatchFinalized' && event.batchId === batchId)
  return final ? (await connection.readBlock(final.blockNumber)).timestamp : null
}

async function readStored(
  connection: ChainConnection,
  deployment: BookDeployment,
  market: MarketState,
  batch: BatchState & { id: bigint },
  settled: BookEventOf<'BatchSettled'> | null,
  at: bigint,
): Promise<StoredBook> {
  const fills = settled?.fills ?? []
  const orders = new Map<Hex, Awaited<ReturnType<typeof readOrder>>>()
  const margins = new Map<string, Awaited<ReturnType<typeof readMargin>>>()
  await eachOf(fills, async ({ leaf }) => {
    orders.set(leaf, await readOrder(connection, deployment, market.id, leaf, at))
  })
  const traders = [...new Set(fills.map(({ trader }) => trader.toLowerCase() as Address))]
  await eachOf(traders, async (trader) => {
    margins.set(trader, await readMargin(connection, deployment, market.id, trader, at))
  })
  const keyByClock = await readKeyOfBatch(connection, deployment, market.id, batch.id, at)
  const isKeyKnown = await readIsKnownKey(connection, deployment, batch.keyId, at)
  return { market: { params: market, ...market }, batch: { ...batch, keyByClock, isKeyKnown }, orders, margins }
}

async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let next = 0; next < items.length; next += AT_ONCE) {
    await Promise.all(items.slice(next, next + AT_ONCE).map(work))
  }
}
