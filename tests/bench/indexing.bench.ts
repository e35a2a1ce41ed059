// The index: events a second from a real chain into a real database, against reading the chain alone; a statement a block
// against a statement a row; and what a block costs in an auction that has thousands of bids already.
import { parseArgs } from 'node:util'
import { decodeLog } from '../../lib/chain/decodeLog'
import { auctionDomain } from '../../lib/chain/deployment'
import type { AuctionEvent } from '../../lib/chain/events'
import { applyBlock, type BlockRow } from '../../lib/db/blocks'
import type { Database, Queryable } from '../../lib/db/client'
import { writeAsLeader } from '../../lib/db/fence'
import type { EventRows } from '../../lib/db/insertRows'
import { readSyncState } from '../../lib/db/sync'
import { checkLogs } from '../../lib/indexer/checkLogs'
import { readHeaders } from '../../lib/indexer/readHeaders'
import { readRangeLogs } from '../../lib/indexer/readLogs'
import { toRows, type AuctionTip } from '../../lib/indexer/toRows'
import { ZERO_HASH } from '../../lib/protocol/constants'
import { startPostgres } from '../fixtures/postgres'
import { openHouse } from '../integration/indexer/auctionHouse'
import { startLocalChain } from '../integration/indexer/localChain'
import { openIndex } from '../integration/indexer/testIndex'
import { fillChain } from './indexing/fillChain'
import { report } from './line'

const { values } = parseArgs({
  options: { bids: { type: 'string', default: '4000' }, 'per-block': { type: 'string', default: '100' } },
})
const BIDS = Number(values.bids)
const PER_BLOCK = Number(values['per-block'])
const AUCTIONS = 2
const round = (value: number) => Number(value.toPrecision(4))
const bench = 'indexing'

const [postgres, chain] = await Promise.all([startPostgres(), startLocalChain(1)])
const house = await openHouse(chain)
await fillChain(chain, house, { auctions: AUCTIONS, bidsEach: BIDS / AUCTIONS, bidsPerBlock: PER_BLOCK })
const { connection, deployment } = house
const first = BigInt(deployment.startBlock)
const { number: last } = await connection.readBlock('latest')

type Contents = { block: BlockRow; events: AuctionEvent[] }

/** All that the indexer asks the node for, and nothing written. */
async function readChain(): Promise<Contents[]> {
  const logs = await readRangeLogs(connection, deployment, first, last)
  const contents: Contents[] = []
  for (const header of await readHeaders(connection, first, last, null)) {
    const ofBlock = logs.filter(({ blockNumber }) => blockNumber === header.number)
    const { check } = await checkLogs(connection, deployment, header, ofBlock)
    if (check === 'DISPUTED') throw new Error(`logs of block ${header.number} in dispute`)
    const auctions = deployment.contracts.auctions.toLowerCase()
    const events = ofBlock.flatMap((log) => (log.address.toLowerCase() === auctions ? (decodeLog(log) ?? []) : []))
    const { number, hash, parentHash, timestamp: time } = header
    contents.push({ block: { number, hash, parentHash, time, logCount: events.length, logCheck: check }, events })
  }
  return contents.filter(({ events }) => events.length > 0)
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

async function measureAll(): Promise<Contents[]> {
  let contents: Contents[] = []
  const reading = await seconds(async () => (contents = await readChain()))
  const events = contents.reduce((sum, block) => sum + block.events.length, 0)
  const index = await openIndex(postgres, house)
  const indexing = await seconds(() => index.sync())
  const cursor = (await readSyncState(index.db))?.cursor
  const counted = await index.db.event.count()
  await index.close()
  if (cursor?.number !== last) throw new Error(`the index stands at ${cursor?.number}, the chain at ${last}`)
  if (counted !== events) throw new Error(`${counted} events indexed of ${events}`)
  const [value, baseline] = [events / indexing, events / reading]
  report({
    ...{ bench, case: 'a chain indexed from its first block, against reading and decoding it alone' },
    ...{ value: round(value), unit: 'events a second', baseline: round(baseline), ratio: round(value / baseline) },
    ...{ events, eventsPerBlock: PER_BLOCK },
  })
  return contents
}

/** Rows of every block, and whatever the accumulators need to go on with the next. */
function rowsOf(contents: Contents[]): { block: BlockRow; rows: EventRows }[] {
  const tips = new Map<string, AuctionTip>()
  return contents.map(({ block, events }) => {
    const rows = toRows(auctionDomain(deployment), events, tips)
    for (const { id, paymentToken, acc } of rows.auctions) tips.set(id, { acc, count: 0, paymentToken, round: 1 })
    for (const { auctionId, acc, seq } of rows.leaves) {
      tips.set(auctionId, { ...tips.get(auctionId)!, acc, count: Number(seq) + 1 })
    }
    return { block, rows }
  })
}

/** What an ORM is asked for at first: a statement a row. One transaction a block, as it must be. */
async function insertOneByOne(db: Database, block: BlockRow, rows: EventRows): Promise<void> {
  await writeAsLeader(db, null, async (tx: Queryable) => {
    await tx.block.create({ data: block })
    for (const data of rows.auctions) await tx.auction.create({ data })
    for (const data of rows.leaves) await tx.leaf.create({ data })
    for (const data of rows.bids) await tx.bid.create({ data })
    for (const data of rows.events) await tx.event.create({ data })
  })
}

async function compareWriting(contents: Contents[]): Promise<void> {
  const blocks = rowsOf(contents)
  const events = contents.reduce((sum, block) => sum + block.events.length, 0)
  const together = await openIndex(postgres, house)
  const writing = await seconds(async () => {
    let after: string | null = null
    for (const { block, rows } of blocks) {
      await applyBlock(together.db, null, block, rows, after)
      after = block.hash
    }
  })
  await together.close()
  const single = await openIndex(postgres, house)
  // A statement a row takes its time: some blocks tell.
  const some = blocks.slice(0, Math.ceil(blocks.length / 4))
  const few = some.reduce((sum, { rows }) => sum + rows.events.length, 0)
  const slowly = await seconds(async () => {
    for (const { block, rows } of some) await insertOneByOne(single.db, block, rows)
  })
  await single.close()
  const [value, baseline] = [events / writing, few / slowly]
  report({
    ...{
      bench,
      case: 'rows of a block in one statement, derived columns and feed included, against a statement a row',
    },
    ...{ value: round(value), unit: 'events a second', baseline: round(baseline), ratio: round(value / baseline) },
    events,
  })
}

/** The middle one of some blocks with one bid each, after so many bids of the same auction. */
async function compareSizes(contents: Contents[]): Promise<void> {
  const all = contents.flatMap(({ events }) => events)
  const auction = all.findLast((event) => event.type === 'AuctionCreated')!
  const bids = all.flatMap((event) => (event.type === 'BidPlaced' && event.id === auction.id ? event : []))
  const index = await openIndex(postgres, house)
  let [height, after, tips] = [first, null as string | null, new Map<string, AuctionTip>()]
  const write = async (events: AuctionEvent[]) => {
    const hash = `0x${height.toString(16).padStart(64, '0')}` as const
    const placed = events.map((event, logIndex) => ({ ...event, blockNumber: height, blockHash: hash, logIndex }))
    const block = {
      number: height,
      hash,
      parentHash: after ?? hash,
      time: height,
      logCount: events.length,
      logCheck: 'VERIFIED' as const,
    }
    const rows = toRows(auctionDomain(deployment), placed, tips)
    const took = await seconds(() => applyBlock(index.db, null, block, rows, after))
    const last = rows.leaves.at(-1)
    const tip = { acc: last?.acc ?? ZERO_HASH, count: last ? Number(last.seq) + 1 : 0, paymentToken: '', round: 1 }
    tips = new Map([[auction.id.toLowerCase(), tip]])
    ;[height, after] = [height + 1n, hash]
    return took
  }
  const middle = async (some: AuctionEvent[]) => {
    const times: number[] = []
    for (const bid of some) times.push(await write([bid]))
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]! * 1_000
  }
  await write([auction])
  const SAMPLES = 40
  await middle(bids.slice(0, SAMPLES))
  const baseline = await middle(bids.slice(SAMPLES, 2 * SAMPLES))
  await write(bids.slice(2 * SAMPLES, -SAMPLES))
  const value = await middle(bids.slice(-SAMPLES))
  await index.close()
  report({
    ...{ bench, case: `a block with one bid, after ${bids.length} bids of its auction, against after ${SAMPLES}` },
    ...{ value: round(value), unit: 'ms', baseline: round(baseline), ratio: round(baseline / value) },
    bids: bids.length,
  })
}

try {
  const contents = await measureAll()
  await compareWriting(contents)
  await compareSizes(contents)
} finally {
  await Promise.all([chain.stop(), postgres.stop()])
}
