import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findAuction } from '../../../lib/db/auctions'
import { listLeaves } from '../../../lib/db/bids'
import { readOutcome } from '../../../lib/db/settlements'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { openHouse, type House } from './auctionHouse'
import { startLocalChain, type LocalChain } from './localChain'
import { dumpFreshIndex, dumpIndex, openIndex } from './testIndex'

/** Replaces the last `depth` blocks by empty ones. */
function dropBlocks(chain: LocalChain, depth: number): Promise<unknown> {
  return chain.client.request({ method: 'anvil_reorg' as never, params: [depth, []] as never })
}

describe('reorganisations', () => {
  let postgres: TestPostgres
  let chain: LocalChain
  let house: House

  beforeAll(async () => {
    postgres = await startPostgres()
    chain = await startLocalChain(17)
    house = await openHouse(chain)
  })
  afterAll(async () => {
    await chain.stop()
    await postgres.stop()
  })

  test('bids that a reorganisation dropped are gone, and what came instead is there', async () => {
    const index = await openIndex(postgres, house)
    const auction = await house.createAuction()
    const first = await house.placeBid(auction, 4, 10)
    await house.placeBid(auction, 5, 20)
    await house.cancelBid(auction, 4, first)
    await index.sync()
    expect(await findAuction(index.db, auction.id)).toMatchObject({
      leafCount: 3,
      liveCount: 1,
      bidderCount: 2,
      integrity: 'VERIFIED',
    })

    await dropBlocks(chain, 2)
    await house.placeBid(auction, 6, 30)
    await index.sync()

    const { leaves } = await listLeaves(index.db, { auctionId: auction.id, limit: 10 })
    expect(leaves.map((leaf) => [leaf.kind, leaf.seq, leaf.kind === 'bid' && leaf.state])).toEqual([
      ['bid', 0, 'LIVE'],
      ['bid', 1, 'LIVE'],
    ])
    expect(leaves[0]).toMatchObject({ cancelledBySeq: null })
    expect(await findAuction(index.db, auction.id)).toMatchObject({
      leafCount: 2,
      liveCount: 2,
      bidderCount: 2,
      integrity: 'VERIFIED',
    })
    expect(index.logged.filter(({ level }) => level === 'warn').map(({ msg }) => msg)).toEqual([
      'the chain was reorganised: blocks taken back',
    ])
    expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, house))
    await index.close()
  })

  test('a reorganisation that drops the auction itself drops everything in it', async () => {
    const index = await openIndex(postgres, house)
    const auction = await house.createAuction()
    await house.placeBid(auction, 7, 10)
    await index.sync()
    expect(await findAuction(index.db, auction.id)).not.toBeNull()
    await dropBlocks(chain, 2)
    await index.sync()
    expect(await findAuction(index.db, auction.id)).toBeNull()
    expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, house))
    await index.close()
  })

  test('a shorter chain: a settlement is undone, the bid it replaced stands again, another outcome follows', async () => {
    const index = await openIndex(postgres, house)
    const auction = await house.createAuction()
    const low = await house.placeBid(auction, 8, 10)
    const high = await house.placeBid(auction, 9, 50)
    const snapshot = await chain.client.snapshot()

    await house.placeBid(auction, 8, 90, low)
    const settled = await house.placeBid(auction, 10, 70)
    await house.moveTo(auction.params.closesAt)
    await house.settleFirstPrice(auction, settled)
    await index.sync()
    expect(await findAuction(index.db, auction.id)).toMatchObject({ status: 'SETTLED', leafCount: 5, liveCount: 3 })
    const replaced = await listLeaves(index.db, { auctionId: auction.id, limit: 1 })
    expect(replaced.leaves[0]).toMatchObject({ state: 'REPLACED', cancelledBySeq: 2, replacedBySeq: 3 })

    await chain.client.revert({ id: snapshot })
    await index.sync()
    expect(await findAuction(index.db, auction.id)).toMatchObject({
      status: 'OPEN',
      settlement: null,
      leafCount: 2,
      challengeUntil: null,
    })
    expect(await readOutcome(index.db, auction.id)).toMatchObject({ winners: [], openings: [] })
    const restored = await listLeaves(index.db, { auctionId: auction.id, limit: 1 })
    expect(restored.leaves[0]).toMatchObject({ state: 'LIVE', cancelledBySeq: null, replacedBySeq: null })

    await house.moveTo(auction.params.closesAt + 5n)
    await house.settleFirstPrice(auction, high)
    await index.sync()
    expect((await readOutcome(index.db, auction.id)).winners).toMatchObject([{ seq: high.bid.seq, payment: 50_000n }])
    expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, house))
    await index.close()
  })
})

test('a reorganisation deeper than finality, found only after a pause, leads to the same index', async () => {
  const postgres = await startPostgres()
  const chain = await startLocalChain(1)
  try {
    const house = await openHouse(chain)
    const index = await openIndex(postgres, house)
    const snapshot = await chain.client.snapshot()
    const auction = await house.createAuction()
    for (const account of [4, 5, 6, 7]) await house.placeBid(auction, account, account)
    await chain.client.mine({ blocks: 5 })
    await index.sync()
    expect(await findAuction(index.db, auction.id)).toMatchObject({ leafCount: 4 })

    await chain.client.revert({ id: snapshot })
    const other = await house.createAuction({ reserve: 3 })
    await house.placeBid(other, 5, 5)
    await chain.client.mine({ blocks: 20 })
    await index.sync()
    expect(await findAuction(index.db, other.id)).toMatchObject({
      leafCount: 1,
      integrity: 'VERIFIED',
      params: { reserve: 3 },
    })
    expect(await dumpIndex(index.url)).toEqual(await dumpFreshIndex(postgres, house))
    await index.close()
  } finally {
    await chain.stop()
    await postgres.stop()
  }
})
