import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as getAccount } from '../../../app/api/v1/accounts/[address]/route'
import { GET as getBids } from '../../../app/api/v1/auctions/[id]/bids/route'
import { GET as getAuction } from '../../../app/api/v1/auctions/[id]/route'
import { GET as listAuctions } from '../../../app/api/v1/auctions/route'
import { GET as getStatus } from '../../../app/api/v1/status/route'
import type { Leaf } from '../../../app/api/v1/_schemas/bid'
import { statusResponseSchema } from '../../../app/api/v1/_schemas/status'
import { claimCall, claimLotCall, claimProceedsCall } from '../../../lib/chain/calls/claims'
import { voidAuctionCall } from '../../../lib/chain/calls/settlement'
import { localAccount } from '../../../lib/dev/accounts'
import { accumulate } from '../../../lib/protocol/auction/accumulator'
import { bidLeaf, cancelLeaf } from '../../../lib/protocol/auction/leaf'
import { captureLog } from '../../fixtures/captureLog'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { COLLATERAL, SELLER, TICK, openHouse, type House, type SentBid } from '../indexer/auctionHouse'
import { startLocalChain, type LocalChain } from '../indexer/localChain'
import { openIndex } from '../indexer/testIndex'
import { accountOf, at, bidsOf, detail, everyPage, list, read, readError, url } from './requests'
import { serveFrom } from './serveFrom'

let postgres: TestPostgres
let chain: LocalChain
let house: House
let index: Awaited<ReturnType<typeof openIndex>>
let stopServing: () => Promise<void>
let auction: Awaited<ReturnType<House['createAuction']>>
let open: typeof auction
let empty: typeof auction
let winner: SentBid
let loser: SentBid

const address = (account: number) => localAccount(account).address

beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(1)
  house = await openHouse(chain)
  index = await openIndex(postgres, house)
  stopServing = serveFrom(index.url)
})
afterAll(async () => {
  await stopServing()
  await index.close()
  await chain.stop()
  await postgres.stop()
})

test('before the first block is indexed, every answer says so', async () => {
  for (const response of [
    getStatus(url('status')),
    listAuctions(url('auctions')),
    getAccount(url('accounts/x'), at({ address: address(4) })),
  ]) {
    expect(await readError(response)).toMatchObject({ status: 503, code: 'INDEX_NOT_READY' })
  }
})

describe('a whole auction', () => {
  test('open: terms, counts and sealed leaves that fold to the contract’s accumulator', async () => {
    auction = await house.createAuction({ reserve: 5 })
    const first = await house.placeBid(auction, 4, 10)
    loser = await house.placeBid(auction, 5, 20)
    const withdrawn = await house.placeBid(auction, 6, 99)
    winner = await house.placeBid(auction, 4, 30, first)
    await house.cancelBid(auction, 6, withdrawn)
    await index.sync()

    const { auction: shown, index: freshness } = await detail(auction.id.toUpperCase().replace('0X', '0x'))
    expect(shown).toMatchObject({
      id: auction.id,
      seller: address(SELLER),
      phase: 'open',
      paramsHash: auction.paramsHash,
      counts: { leaves: 6, live: 2, bidders: 3 },
      settlement: null,
      winners: [],
      openings: [],
      integrity: 'verified',
      voided: null,
    })
    const { params } = auction
    const big = { lotTokenId: params.lotTokenId.toString(), lotSize: '1', tickSize: '1000', collateral: '1000000' }
    const times = { closesAt: Number(params.closesAt), settleBy: Number(params.settleBy) }
    const names = { rule: 'FIRST_PRICE', lotKind: 'ERC721', collateralPolicy: 'UNIFORM', noSettlement: 'REFUND' }
    expect(shown.params).toEqual({ ...params, ...big, ...times, ...names })
    expect(freshness).toMatchObject({ lagBlocks: 0, lagSeconds: 0 })

    const { leaves } = await bidsOf(auction.id)
    expect(leaves.map((leaf) => [leaf.kind, leaf.seq, leaf.kind === 'bid' ? leaf.state : leaf.cancelledSeq])).toEqual([
      ['bid', 0, 'replaced'],
      ['bid', 1, 'live'],
      ['bid', 2, 'cancelled'],
      ['cancellation', 3, 0],
      ['bid', 4, 'live'],
      ['cancellation', 5, 2],
    ])
    const fromPublicFields = (leaf: Leaf) =>
      leaf.kind === 'bid'
        ? bidLeaf(house.domain, {
            ...leaf,
            id: auction.id,
            collateral: BigInt(leaf.collateral),
            x: BigInt(leaf.x),
            y: BigInt(leaf.y),
          })
        : cancelLeaf(house.domain, { ...leaf, id: auction.id })
    expect(leaves.map(fromPublicFields)).toEqual(leaves.map(({ leaf }) => leaf))
    expect(accumulate(leaves.map(({ leaf }) => leaf))).toBe(shown.acc)
    expect(leaves[0]).toMatchObject({ replacedBySeq: 4, cancelledBySeq: 3, won: null, claim: null })
    expect(leaves[2]).toMatchObject({ replacedBySeq: null, cancelledBySeq: 5 })
  })

  test('leaves page by page, and one bidder’s alone', async () => {
    const pages = await everyPage((query) => bidsOf(auction.id, query), 4)
    expect(pages.map(({ leaves }) => leaves.map(({ seq }) => seq))).toEqual([
      [0, 1, 2, 3],
      [4, 5],
    ])
    const own = await bidsOf(auction.id, `bidder=${address(5)}`)
    expect(own.leaves.map(({ seq }) => seq)).toEqual([1])
  })

  test('closed by chain time alone, then settled, final and claimed', async () => {
    await house.moveTo(auction.params.closesAt)
    await index.sync()
    expect((await detail(auction.id)).auction.phase).toBe('closed')

    await house.settleFirstPrice(auction, winner)
    await index.sync()
    const { auction: settled } = await detail(auction.id)
    expect(settled).toMatchObject({
      phase: 'settled',
      settlement: {
        round: 1,
        signer: address(2),
        reserve: 5,
        clearingPrice: 30,
        totalFilled: 1,
        marginalSeq: 4,
        proof: { state: 'none', bytes: null, url: null },
      },
      winners: [{ seq: 4, slot: 0, bidder: address(4), fill: 1, payment: '30000', claimed: false, lotClaimed: false }],
      openings: [{ seq: 4, bidder: address(4), price: 30, quantity: 1, rho: winner.rho }],
      proceedsClaimed: null,
      lotsReclaimed: 0,
    })
    await house.moveTo(BigInt(settled.settlement!.challengeUntil))
    await index.sync()
    expect((await detail(auction.id)).auction.phase).toBe('final')

    await house.execute(0, claimCall(house.deployment, auction.id, winner.bid))
    await house.execute(0, claimCall(house.deployment, auction.id, loser.bid))
    await house.execute(
      0,
      claimLotCall(house.deployment, { id: auction.id, bidder: address(4), slot: 0, to: address(4) }),
    )
    await house.execute(0, claimProceedsCall(house.deployment, auction.id))
    await index.sync()
    expect((await detail(auction.id)).auction).toMatchObject({
      winners: [{ claimed: true, lotClaimed: true }],
      proceedsClaimed: '30000',
    })
    const { leaves } = await bidsOf(auction.id)
    const refund = (COLLATERAL - 30n * TICK).toString()
    expect(leaves[4]).toMatchObject({ won: { fill: 1, payment: '30000' }, claim: { refund, payment: '30000' } })
    expect(leaves[1]).toMatchObject({ won: null, claim: { refund: COLLATERAL.toString(), payment: '0' } })
  })

  test('accounts: bids, wins, and activity in order, newest first', async () => {
    const account = await accountOf(address(4).toLowerCase())
    expect(account).toMatchObject({ address: address(4), bidCount: 2, winCount: 1 })
    expect(account.bids.map(({ bid }) => [bid.seq, bid.state])).toEqual([
      [4, 'live'],
      [0, 'replaced'],
    ])
    expect(account.wins.map(({ bid, auction: of }) => [bid.seq, of.id, of.phase])).toEqual([[4, auction.id, 'final']])
    const kinds = ['LotClaimed', 'BidClaimed', 'BidWon', 'BidPlaced', 'BidCancelled', 'BidPlaced', 'Deposited']
    expect(account.activity.map(({ kind }) => kind)).toEqual(kinds)
    expect(account.activity[1]).toMatchObject({
      amount: (COLLATERAL - 30n * TICK).toString(),
      token: auction.params.paymentToken,
    })
    expect(account.nextCursor).toBeNull()

    const pages = await everyPage((query) => accountOf(address(4), query), 3)
    expect(pages.map(({ activity }) => activity.length)).toEqual([3, 3, 1])
    expect(pages.flatMap(({ activity }) => activity.map(({ kind }) => kind))).toEqual(kinds)

    const nobody = await accountOf(address(29))
    expect(nobody).toMatchObject({ bidCount: 0, winCount: 0, bids: [], wins: [], activity: [], nextCursor: null })
  })

  test('lists by phase, seller and bidder; status counts the same', async () => {
    empty = await house.createAuction({ secondsOpen: 10 })
    open = await house.createAuction()
    await house.placeBid(open, 7, 12)
    await house.moveTo(empty.params.closesAt)
    await house.execute(0, voidAuctionCall(house.deployment, empty.id))
    await index.sync()
    const ids = async (query: string) => (await list(query)).auctions.map(({ id }) => id)
    expect(await ids('')).toEqual([open.id, empty.id, auction.id])
    expect(await ids('phase=open')).toEqual([open.id])
    expect(await ids('phase=voided')).toEqual([empty.id])
    expect(await ids('phase=final')).toEqual([auction.id])
    expect(await ids(`bidder=${address(4)}`)).toEqual([auction.id])
    expect(await ids(`seller=${address(SELLER)}&sort=closing`)).toEqual([auction.id, empty.id, open.id])
    expect(await ids(`seller=${address(4)}`)).toEqual([])
    expect((await detail(empty.id)).auction.voided?.blockNumber).toBeGreaterThan(0)
    const first = await list('limit=2')
    expect((await list(`limit=2&cursor=${first.nextCursor}`)).auctions.map(({ id }) => id)).toEqual([auction.id])

    const status = await read(statusResponseSchema, getStatus(url('status')))
    expect(status).toMatchObject({
      chainId: 31337,
      contracts: house.deployment.contracts,
      simulatedEnclave: true,
      auctionsByPhase: { open: 1, closed: 0, settled: 0, final: 1, voided: 1 },
      bids: 5,
      bidders: 4,
      mismatches: 0,
    })
    const head = await house.connection.readBlock('latest')
    expect(status).toMatchObject({
      chainTime: Number(head.timestamp),
      index: { blockNumber: Number(head.number), head: Number(head.number), lagBlocks: 0 },
    })
  })
})

describe('bad requests', () => {
  const unknown = `0x${'77'.repeat(32)}`
  const cursor = (json: string) => `cursor=${Buffer.from(json).toString('base64url')}`
  const expectRefusal = async (response: Promise<Response>, field: string) =>
    expect(await readError(response)).toMatchObject({ status: 400, code: 'INVALID_REQUEST', field })

  test.each([
    ['phase=sold', 'phase'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['seller=0x12', 'seller'],
    ['sort=price', 'sort'],
    ['price=5', 'price'],
    ['phase=open&phase=closed', 'phase'],
    ['cursor=%00', 'cursor'],
    ['cursor=bm9uc2Vuc2U', 'cursor'],
    [cursor('{"sort":"closing","closesAt":"1","id":"0x00"}'), 'cursor'],
    [cursor(`{"sort":"closing","closesAt":"1","id":"${unknown}"}`), 'cursor'],
    [cursor('{"sort":"newest","blockNumber":"99999999999999999999","logIndex":0}'), 'cursor'],
  ])('auctions?%s', async (query, field) => {
    await expectRefusal(listAuctions(url(`auctions?${query}`)), field)
  })

  test('ids and addresses of the wrong form, unknown auctions, cursors of another list', async () => {
    await expectRefusal(getAuction(url('x'), at({ id: '0x12' })), 'id')
    await expectRefusal(getAccount(url('x'), at({ address: 'alice' })), 'address')
    const absent = { status: 404, code: 'NOT_FOUND', field: 'id' }
    expect(await readError(getAuction(url('x'), at({ id: unknown })))).toMatchObject(absent)
    expect(await readError(getBids(url('x'), at({ id: unknown })))).toMatchObject(absent)
    await expectRefusal(getStatus(url('status?verbose=1')), 'verbose')
    const { nextCursor } = await list('limit=1')
    await expectRefusal(getBids(url(`x?cursor=${nextCursor}`), at({ id: auction.id })), 'cursor')
    await expectRefusal(listAuctions(url(`auctions?sort=bids&cursor=${nextCursor}`)), 'cursor')
  })
})

test('a stopped chain or indexer shows as lag and age', async () => {
  const before = await list('limit=1')
  await index.db.syncState.update({
    where: { id: 1 },
    data: { head: { increment: 7 }, headTime: { increment: 14 }, updatedAt: new Date(Date.now() - 60_000) },
  })
  const { index: freshness } = await list('limit=1')
  expect(freshness).toMatchObject({ blockNumber: before.index.blockNumber, lagBlocks: 7, lagSeconds: 14 })
  expect(freshness.ageSeconds).toBeGreaterThanOrEqual(60)
})

test('without a database: 503, and nothing about the inside, which is for the log', async () => {
  await postgres.stop()
  const log = captureLog()
  const error = await readError(listAuctions(url('auctions'))).finally(log.release)
  expect(log.lines()).toMatchObject([
    { level: 'error', service: 'api', msg: 'request failed', path: '/api/v1/auctions', err: { code: 'P1001' } },
  ])
  expect(error).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE' })
  expect(error.message).not.toMatch(/127\.0\.0\.1|postgres|prisma/i)
})
