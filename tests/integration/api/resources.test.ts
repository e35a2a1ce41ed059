import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { zeroAddress, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { GET as getAccount } from '../../../app/api/v1/accounts/[address]/route'
import { GET as getBids } from '../../../app/api/v1/auctions/[id]/bids/route'
import { GET as getAuction } from '../../../app/api/v1/auctions/[id]/route'
import { GET as listAuctions } from '../../../app/api/v1/auctions/route'
import { GET as getEvidence } from '../../../app/api/v1/enclaves/[keyId]/evidence/route'
import { GET as listEnclaves } from '../../../app/api/v1/enclaves/route'
import { GET as nowhere } from '../../../app/api/v1/[...path]/route'
import { GET as getDocument } from '../../../app/api/v1/openapi.json/route'
import { GET as getSettlement } from '../../../app/api/v1/settlements/[id]/route'
import { GET as listSettlements } from '../../../app/api/v1/settlements/route'
import { GET as getStats } from '../../../app/api/v1/stats/route'
import { GET as getStatus, OPTIONS } from '../../../app/api/v1/status/route'
import { GET as poll } from '../../../app/api/v1/stream/poll/route'
import { GET as ready } from '../../../app/api/ready/route'
import { database } from '../../../app/api/v1/_lib/database'
import { ENDPOINTS } from '../../../app/api/v1/_lib/endpoints'
import { HTTP_STATUS } from '../../../app/api/v1/_lib/errors'
import { accountResponseSchema } from '../../../app/api/v1/_schemas/account'
import { enclaveEvidenceResponseSchema, enclaveListResponseSchema } from '../../../app/api/v1/_schemas/enclave'
import { settlementListResponseSchema, settlementResponseSchema } from '../../../app/api/v1/_schemas/settlement'
import { statsResponseSchema } from '../../../app/api/v1/_schemas/stats'
import { claimCall, claimProceedsCall } from '../../../lib/chain/calls/claims'
import { readVaultBalance } from '../../../lib/chain/reads'
import { closeDatabase } from '../../../lib/db/client'
import { localAccount } from '../../../lib/dev/accounts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres'
import { COLLATERAL, SELLER, TICK, openHouse, type House, type SentBid } from '../indexer/auctionHouse'
import { startLocalChain, type LocalChain } from '../indexer/localChain'
import { openIndex } from '../indexer/testIndex'
import { at, detail, list, read, readError, url } from './requests'

type Auction = Awaited<ReturnType<House['createAuction']>>

let postgres: TestPostgres
let chain: LocalChain
let house: House
let index: Awaited<ReturnType<typeof openIndex>>
let sold: Auction
let open: Auction
let winner: SentBid
let loser: SentBid

const address = (account: number) => localAccount(account).address
const account = (number: number, query = '') =>
  read(accountResponseSchema, getAccount(url(`accounts/x?${query}`), at({ address: address(number) })))
const settlements = (query = '') => read(settlementListResponseSchema, listSettlements(url(`settlements?${query}`)))
const settlement = (id: string, query = '') =>
  read(settlementResponseSchema, getSettlement(url(`settlements/x?${query}`), at({ id })))
const stats = () => read(statsResponseSchema, getStats(url('stats')))
const ids = async (query: string) => (await list(query)).auctions.map(({ id }) => id)

/** One auction sold, another open with two bids; 40 blocks may be taken back. */
beforeAll(async () => {
  postgres = await startPostgres()
  chain = await startLocalChain(40)
  house = await openHouse(chain)
  index = await openIndex(postgres, house)
  process.env.DATABASE_URL = index.url
  process.env.API_RATE_PER_SECOND = '0'
  sold = await house.createAuction({ reserve: 5, secondsOpen: 500 })
  winner = await house.placeBid(sold, 4, 30)
  loser = await house.placeBid(sold, 5, 20)
  await house.moveTo(sold.params.closesAt)
  await house.settleFirstPrice(sold, winner)
  open = await house.createAuction({ secondsOpen: 100_000 })
  await house.placeBid(open, 4, 7)
  await house.placeBid(open, 6, 8)
  await index.sync()
})
afterAll(async () => {
  await closeDatabase(database())
  await index.close()
  await chain.stop()
  await postgres.stop()
})

describe('settlements', () => {
  test('with what they settled, by each filter', async () => {
    const { settlements: all, nextCursor } = await settlements()
    expect(nextCursor).toBeNull()
    expect(all).toMatchObject([
      { auctionId: sold.id, seller: address(SELLER), rule: 'FIRST_PRICE', signer: address(2), round: 1, count: 2 },
    ])
    expect(all[0]).toMatchObject({ clearingPrice: 30, paid: '30000', tickSize: TICK.toString() })
    expect(all[0]?.proof).toEqual({ state: 'none', bytes: null, url: null })
    const { time } = all[0]!.origin
    for (const [query, found] of [
      [`signer=${address(2)}`, 1],
      [`signer=${address(3).toLowerCase()}`, 0],
      [`seller=${address(SELLER)}`, 1],
      [`seller=${address(4)}`, 0],
      ['rule=FIRST_PRICE', 1],
      ['rule=SECOND_PRICE', 0],
      ['proof=none', 1],
      ['proof=missing', 0],
      ['proof=available', 0],
      [`q=${sold.id.slice(0, 12)}`, 1],
      ['q=0xffff0000', 0],
      [`settledAfter=${time}`, 1],
      [`settledAfter=${time + 1}`, 0],
      [`settledBefore=${time}`, 0],
      [`settledBefore=${time + 1}`, 1],
    ] as const)
      expect((await settlements(query)).settlements.length, query).toBe(found)
  })

  test('one, of the newest round or the one asked for', async () => {
    const { settlement: one } = await settlement(sold.id)
    expect(one).toMatchObject({ round: 1, winners: [{ seq: 0, bidder: address(4), payment: '30000' }] })
    expect(one.openings).toMatchObject([{ seq: 0, price: 30, rho: winner.rho }])
    expect((await settlement(sold.id, 'round=1')).settlement).toEqual(one)
    const absent = { status: 404, code: 'NOT_FOUND', field: 'id' }
    expect(await readError(getSettlement(url('x?round=2'), at({ id: sold.id })))).toMatchObject(absent)
    expect(await readError(getSettlement(url('x'), at({ id: open.id })))).toMatchObject(absent)
  })
})

describe('auctions', () => {
  test('by rule, lot, money, time and words', async () => {
    const { lotToken, lotTokenId } = open.params as { lotToken: string; lotTokenId: bigint }
    const closes = Number(sold.params.closesAt)
    for (const [query, found] of [
      ['rule=FIRST_PRICE&lotKind=ERC721', [open.id, sold.id]],
      ['rule=PAY_AS_BID', []],
      ['lotKind=ERC20', []],
      [`paymentToken=${zeroAddress}`, [open.id, sold.id]],
      [`paymentToken=${address(1)}`, []],
      [`closesBefore=${closes}`, []],
      [`closesBefore=${closes + 1}`, [sold.id]],
      [`closesAfter=${closes + 1}`, [open.id]],
      [`closesAfter=${closes}`, [open.id, sold.id]],
      ['sort=closing', [sold.id, open.id]],
      ['sort=closed', [open.id, sold.id]],
      [`q=${open.id.slice(0, 20).toUpperCase().replace('0X', '0x')}`, [open.id]],
      [`q=${sold.id.slice(20, 40)}`, [sold.id]],
      [`q=${address(SELLER).slice(0, 12)}`, [open.id, sold.id]],
      [`q=${lotToken}`, [open.id, sold.id]],
      [`q=%23${lotTokenId}`, [open.id]],
      ['q=ceramics', []],
      [`q=${encodeURIComponent("%_'; DROP TABLE auctions; --")}`, []],
    ] as const)
      expect(await ids(query), query).toEqual(found)
  })

  test('each sort goes page by page through all of them, once', async () => {
    for (const sort of ['newest', 'closing', 'closed', 'bids']) {
      const first = await list(`sort=${sort}&limit=1`)
      const second = await list(`sort=${sort}&limit=1&cursor=${first.nextCursor}`)
      expect([...first.auctions, ...second.auctions].map(({ id }) => id)).toEqual(await ids(`sort=${sort}`))
      expect(second.nextCursor).toBeNull()
    }
  })
})

describe('accounts', () => {
  const balanceOf = async (number: number) => (await account(number)).balances[0]
  const onChain = async (number: number) =>
    (await readVaultBalance(house.connection, house.deployment, zeroAddress, address(number))).toString()

  test('what is locked, and until when', async () => {
    const { challengeUntil } = (await detail(sold.id)).auction.settlement!
    const { locks, lockCount } = await account(4)
    expect(lockCount).toBe(2)
    const amount = COLLATERAL.toString()
    expect(locks).toMatchObject([
      { auctionId: sold.id, amount, payment: '30000', phase: 'settled', unlocksAt: challengeUntil, exact: true },
      { auctionId: open.id, amount, payment: '0', phase: 'open', exact: false },
    ])
    expect(locks[1]!.unlocksAt).toBe(Number(open.params.settleBy) + open.params.challengeWindow)
    expect(await balanceOf(4)).toEqual({ token: zeroAddress, available: '0', locked: '2000000', claimable: '0' })
    expect(await account(29)).toMatchObject({ balances: [], locks: [], sales: [], claims: [], saleCount: 0 })
  })

  test('final: claimable; claimed: what the contract says is there', async () => {
    const { challengeUntil } = (await detail(sold.id)).auction.settlement!
    await house.moveTo(BigInt(challengeUntil))
    await index.sync()
    expect(await balanceOf(4)).toMatchObject({ locked: '2000000', claimable: '970000' })
    expect(await balanceOf(5)).toMatchObject({ available: '0', locked: '1000000', claimable: '1000000' })
    expect(await balanceOf(SELLER)).toMatchObject({ available: '0', claimable: '30000' })
    for (const bid of [winner, loser]) await house.execute(0, claimCall(house.deployment, sold.id, bid.bid))
    await house.execute(0, claimProceedsCall(house.deployment, sold.id))
    await index.sync()
    for (const number of [4, 5, SELLER])
      expect(await balanceOf(number)).toMatchObject({ available: await onChain(number), claimable: '0' })
    expect(await balanceOf(4)).toMatchObject({ available: '970000', locked: '1000000' })
    const seller = await account(SELLER)
    expect(seller).toMatchObject({ saleCount: 2, claimCount: 1, claims: [{ kind: 'PROCEEDS', amount: '30000' }] })
    expect(seller.sales.map(({ id }) => id)).toEqual([open.id, sold.id])
    expect((await account(4)).claims).toMatchObject([{ kind: 'BID', auctionId: sold.id, seq: 0, payment: '30000' }])
  })
})

test('stats: the last day, the last week, and all time', async () => {
  const before = await stats()
  const all = { auctions: 2, bids: 4, cancellations: 0, bidders: 3, settlements: 1, voided: 0 }
  const volumes = [{ token: zeroAddress, paid: '30000', sales: 1 }]
  expect(before.all).toEqual({ since: 0, ...all, volumes })
  expect(before.day).toMatchObject({ since: before.chainTime - 86_400, ...all, volumes })
  expect(before.enclaves).toMatchObject([{ signer: address(2), settlements: 1 }])
  await house.moveTo(BigInt(before.chainTime + 2 * 86_400))
  await index.sync()
  const after = await stats()
  expect(after.day).toMatchObject({ auctions: 0, bids: 0, bidders: 0, settlements: 0, volumes: [] })
  expect([after.week, after.all]).toMatchObject([all, all])
})

describe('enclaves', () => {
  const enclave = { status: 200, body: '' }
  const server = createServer((_request, response) => response.writeHead(enclave.status).end(enclave.body))
  const unknown: Hex = `0x${'00'.repeat(32)}`

  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    vi.stubEnv('ENCLAVE_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    server.close()
  })

  test('the keys that the registry admitted, with their signers', async () => {
    const { keys } = await read(enclaveListResponseSchema, listEnclaves(url('enclaves')))
    expect(keys).toMatchObject([
      {
        ...{ keyId: sold.params.keyId, epoch: '1', revoked: false },
        signers: [{ signer: address(2), simulated: true }],
      },
    ])
  })

  test('evidence is what the enclave of the signer gives, and nothing where there is none', async () => {
    const ask = (id: Hex) => getEvidence(url(`enclaves/${id}/evidence`), at({ keyId: id }))
    expect((await readError(ask(unknown))).code).toBe('NOT_FOUND')
    const evidence = { quote: '0x0102', eventLog: [], collateral: { tcb_info: '{}' } }
    enclave.body = JSON.stringify({ signer: address(2), ...evidence })
    const { enclaves } = await read(enclaveEvidenceResponseSchema, ask(sold.params.keyId))
    expect(enclaves).toEqual([{ signer: address(2), url: null, evidence }])
  })
})

describe('what every answer has', () => {
  const handlers: Record<string, (request: Request, context: never) => Promise<Response>> = {
    '/auctions': listAuctions,
    '/auctions/{id}': getAuction,
    '/auctions/{id}/bids': getBids,
    '/settlements': listSettlements,
    '/settlements/{id}': getSettlement,
    '/accounts/{address}': getAccount,
    '/enclaves': listEnclaves,
    '/enclaves/{keyId}/evidence': getEvidence,
    '/stats': getStats,
    '/status': getStatus,
    '/stream/poll': poll,
  }
  // Streams and files have tests of their own.
  const cases = ENDPOINTS.filter(({ streams, files }) => !streams && !files).map(
    (endpoint) => [endpoint.path, endpoint] as const,
  )
  const own = (path: string) => {
    if (path.includes('{keyId}')) return at({ keyId: sold.params.keyId })
    return path.includes('{id}') ? at({ id: sold.id }) : at(path.includes('{address}') ? { address: address(4) } : {})
  }
  const ask = (path: string, query = '', headers = {}) =>
    handlers[path]!(new Request(`http://subrosa.test/api/v1${path}?${query}`, { headers }), own(path) as never)

  test.each(cases)('%s answers what the document says, no more and no less', async (path, endpoint) => {
    const response = await ask(path)
    const body: unknown = await response.json()
    expect(response.status).toBe(200)
    // Parsing drops what a schema does not know: nothing may be dropped.
    expect(endpoint.response.parse(body)).toEqual(body)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.each(cases.filter(([path]) => path !== '/stream/poll'))('%s: 304 until something changes', async (path) => {
    const first = await ask(path)
    const etag = first.headers.get('etag')!
    expect(etag).toMatch(/^"[^"]+"$/)
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    const again = await ask(path, '', { 'if-none-match': etag })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    const changed = await ask(path, '', { 'if-none-match': '"other"' })
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, etag])
  })

  test('the ETag follows blocks, reorganisations, chain time, and what is found out without a block', async () => {
    const tag = async () => (await ask('/auctions')).headers.get('etag')
    const tags = [await tag()]
    await chain.client.mine({ blocks: 1 })
    await index.sync()
    tags.push(await tag())
    await chain.client.request({ method: 'anvil_reorg' as never, params: [1, []] as never })
    await index.sync()
    tags.push(await tag())
    // The same block, and a later head: an auction may have closed by it.
    await index.db.syncState.update({ where: { id: 1 }, data: { headTime: { increment: 5 } } })
    tags.push(await tag())
    await index.db.auction.update({ where: { id: open.id }, data: { integrity: 'MISMATCH' } })
    tags.push(await tag())
    await index.db.syncState.update({ where: { id: 1 }, data: { updatedAt: new Date(Date.now() - 60_000) } })
    tags.push(await tag())
    expect((await list('limit=1')).index.stale).toBe(true)
    expect(new Set(tags).size).toBe(tags.length)
    await index.db.auction.update({ where: { id: open.id }, data: { integrity: 'VERIFIED' } })
    await index.db.syncState.update({ where: { id: 1 }, data: { updatedAt: new Date() } })
  })

  test('every documented parameter is taken, others are named and refused', async () => {
    const values: Record<string, string> = {
      ...{
        phase: 'open',
        rule: 'FIRST_PRICE',
        lotKind: 'ERC721',
        sort: 'newest',
        q: 'abcd',
        limit: '1',
        round: '1',
        proof: 'none',
      },
      ...{ closesAfter: '0', closesBefore: '99999999999', settledAfter: '0', settledBefore: '99999999999' },
      ...{ kinds: 'BidPlaced,Rollback', auction: sold.id, after: '0-00000000' },
    }
    for (const name of ['paymentToken', 'seller', 'bidder', 'signer', 'account']) values[name] = address(4)
    const { paths } = (await (await getDocument(url('openapi.json'))).json()) as {
      paths: Record<string, { get: { parameters: { name: string; in: string }[] } }>
    }
    let tried = 0
    for (const [path] of cases) {
      for (const { name } of paths[path]!.get.parameters.filter((parameter) => parameter.in === 'query')) {
        if (name === 'cursor') continue
        expect(values[name], name).toBeDefined()
        expect((await ask(path, `${name}=${values[name]}`)).status, `${path}?${name}`).toBe(200)
        tried++
      }
      const refused = await readError(ask(path, 'surprise=1&another=2'))
      expect(refused).toMatchObject({ status: 400, code: 'INVALID_REQUEST' })
      expect(refused.problems?.map(({ field }) => field)).toEqual(['surprise', 'another'])
    }
    expect(tried).toBeGreaterThan(25)
  })

  test('several bad parameters are all named, each with its rule', async () => {
    const { problems } = await readError(ask('/auctions', 'limit=1000&seller=0x1&phase=sold&closesAfter=-1'))
    expect(problems?.map(({ field }) => field).sort()).toEqual(['closesAfter', 'limit', 'phase', 'seller'])
    expect(problems?.find(({ field }) => field === 'limit')?.rule).toBe('must be at most 100')
  })

  test('no query whatever makes it fail', async () => {
    const names = [
      'phase',
      'rule',
      'q',
      'limit',
      'cursor',
      'sort',
      'seller',
      'closesAfter',
      'kinds',
      'after',
      'round',
      '__proto__',
    ]
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.base64String())
    const query = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), text), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases.map(([path]) => path)), query, async (path, pairs) => {
        const encoded = new URLSearchParams(pairs.map(([name, value]) => [name, value] as [string, string]))
        const response = await ask(path, encoded.toString())
        expect([200, 400, 404]).toContain(response.status)
        if (response.status === 400)
          expect(await readError(Promise.resolve(response))).toMatchObject({ code: 'INVALID_REQUEST' })
      }),
      { numRuns: 100 },
    )
  })

  test('addresses without anything say so in JSON; preflights are answered; it is ready', async () => {
    expect(await readError(nowhere(url('nothing/here')))).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    const preflight = OPTIONS()
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toMatch('If-None-Match')
    expect(Object.values(HTTP_STATUS).every((status) => status >= 400)).toBe(true)
    expect(await (await ready()).json()).toMatchObject({ ready: true })
  })
})
