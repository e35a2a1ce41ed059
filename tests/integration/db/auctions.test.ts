import { afterAll, beforeAll, expect, test } from 'vitest'
import { STATUS } from '../../../lib/chain/auctionState'
import { phaseOf, type Phase } from '../../../lib/chain/phase'
import { listActivity } from '../../../lib/db/accounts'
import { findAuction, listAuctions, type AuctionPosition, type AuctionSort } from '../../../lib/db/auctions'
import { closeDatabase, openDatabase, type Database } from '../../../lib/db/client'
import { migrate } from '../../../lib/db/migrate'
import { applyBlock } from '../../../lib/db/blocks'
import { readSnapshot } from '../../../lib/db/snapshot'
import { beginSync } from '../../../lib/db/sync'
import { toRows } from '../../../lib/indexer/toRows'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { auctionCreated, bidPlaced, deposited, hash, settled, voided, ADDRESS, DOMAIN, BIGGEST } from './events'

let postgres: TestPostgres
let db: Database
const PHASES: Phase[] = ['open', 'closed', 'settled', 'final', 'voided']

beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createDatabase()
  await migrate(url)
  db = openDatabase(url)
  const target = {
    chainId: DOMAIN.chainId,
    startBlock: 1n,
    auctions: DOMAIN.contract,
    registry: ADDRESS.registry,
    verifier: ADDRESS.registry,
    book: ADDRESS.other,
    demoToken: null,
    demoBase: null,
    demoLots: null,
    demoEditions: null,
    simulated: true,
  }
  await beginSync(db, null, target, { number: 1n, time: 1n })
  // Twelve auctions: 0-3 open or closed by time, 4-7 settled or final by time, 8-11 voided; two close in the same second.
  const events = Array.from({ length: 12 }, (_, index) => [
    auctionCreated(index, {
      closesAt: 100n + BigInt(Math.floor(index / 2)),
      seller: index % 2 ? ADDRESS.seller : ADDRESS.other,
    }),
    ...Array.from({ length: index % 3 }, (_, seq) => bidPlaced(index, seq)),
    ...(index >= 4 && index < 8 ? [settled(index, 200n + BigInt(index))] : []),
    ...(index >= 8 ? [voided(index)] : []),
    deposited(),
  ]).flat()
  const placed = events.map((event, logIndex) => ({ ...event, blockNumber: 1n, blockHash: hash(1), logIndex }))
  await applyBlock(
    db,
    null,
    { number: 1n, hash: hash(1), parentHash: hash(0), time: 50n, logCount: 1, logCheck: 'VERIFIED' },
    toRows(DOMAIN, placed, new Map()),
    null,
  )
})
afterAll(async () => {
  await closeDatabase(db)
  await postgres.stop()
})

async function all(
  filter: { phase?: Phase; seller?: string; bidder?: string; sort?: AuctionSort; now?: bigint },
  limit: number,
) {
  const auctions = []
  let after: AuctionPosition | undefined
  for (;;) {
    const page = await listAuctions(db, { sort: 'newest', now: 0n, ...filter, after, limit })
    expect(page.auctions.length).toBeLessThanOrEqual(limit)
    auctions.push(...page.auctions)
    if (!page.next) return auctions
    expect(page.auctions).toHaveLength(limit)
    after = page.next
  }
}

test('whatever a transaction reads side by side, it asks its connection for one thing at a time', async () => {
  const warnings: string[] = []
  const note = ({ message }: Error) => void warnings.push(message)
  process.on('warning', note)
  try {
    const include = { block: true, leaves: true, bids: true, settlements: true, winners: true }
    const auctions = await readSnapshot(db, (tx) => tx.auction.findMany({ include }))
    expect(auctions.flatMap(({ settlements }) => settlements)).toHaveLength(4)
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.off('warning', note)
  }
  expect(warnings).toEqual([])
})

test('every auction is in exactly the phase that the contract would say, at any time', async () => {
  for (const now of [0n, 99n, 100n, 101n, 103n, 204n, 205n, 207n, 1_000n]) {
    const byQuery = new Map<string, string[]>()
    for (const phase of PHASES) {
      for (const auction of await all({ phase, now }, 100)) {
        byQuery.set(auction.id, [...(byQuery.get(auction.id) ?? []), phase])
        const state = {
          status: STATUS[auction.status],
          closesAt: auction.params.closesAt,
          challengeUntil: auction.challengeUntil ?? 0n,
        }
        expect(phaseOf(state, now)).toBe(phase)
      }
    }
    expect([...byQuery.values()]).toHaveLength(12)
    expect([...byQuery.values()].every((phases) => phases.length === 1)).toBe(true)
  }
})

test.each<AuctionSort>(['newest', 'closing', 'closed', 'bids'])(
  'pages by %s hold every auction once and in order',
  async (sort) => {
    const whole = await all({ sort }, 100)
    expect(new Set(whole.map(({ id }) => id)).size).toBe(12)
    for (const limit of [1, 5, 11, 12]) {
      expect((await all({ sort }, limit)).map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
    }
    const key = {
      newest: ({ created }) => -created.logIndex,
      closing: ({ params }) => Number(params.closesAt),
      closed: ({ params }) => -Number(params.closesAt),
      bids: ({ liveCount }) => -liveCount,
    } satisfies Record<AuctionSort, (auction: (typeof whole)[number]) => number>
    const keys = whole.map(key[sort])
    expect(keys).toEqual([...keys].sort((a, b) => a - b))
  },
)

test('by seller and by bidder, whatever the case of the address', async () => {
  expect(await all({ seller: ADDRESS.seller.toUpperCase().replace('0X', '0x') }, 4)).toHaveLength(6)
  expect(await all({ bidder: ADDRESS.bidder }, 4)).toHaveLength(8)
  expect(await all({ bidder: ADDRESS.seller }, 4)).toHaveLength(0)
})

test('the largest numbers come back digit for digit', async () => {
  const auction = await findAuction(db, hash(1_000))
  expect(auction).toMatchObject({
    nonce: BIGGEST,
    params: { lotTokenId: BIGGEST, tickSize: 2n ** 96n - 1n, collateral: 2n ** 128n - 1n, reserve: 2 ** 32 - 1 },
  })
  const { activity } = await listActivity(db, { account: ADDRESS.bidder, limit: 100 })
  expect(activity.find(({ kind }) => kind === 'Deposited')?.amount).toBe(BIGGEST)
})
