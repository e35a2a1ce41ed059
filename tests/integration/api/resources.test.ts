import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { zeroAddress, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { GET as getEvidence } from '../../../app/api/v1/enclaves/[keyId]/evidence/route'
import { GET as listEnclaves } from '../../../app/api/v1/enclaves/route'
import { GET as getSettlement } from '../../../app/api/v1/settlements/[id]/route'
import { GET as listSettlements } from '../../../app/api/v1/settlements/route'
import { GET as getStats } from '../../../app/api/v1/stats/route'
import { enclaveEvidenceResponseSchema, enclaveListResponseSchema } from '../../../app/api/v1/_schemas/enclave'
import { settlementListResponseSchema, settlementResponseSchema } from '../../../app/api/v1/_schemas/settlement'
import { statsResponseSchema } from '../../../app/api/v1/_schemas/stats'
import { readVaultBalance } from '../../../lib/chain/reads'
import { localAccount } from '../../../lib/dev/accounts'
import { COLLATERAL, SELLER, TICK } from '../indexer/auctionHouse'
import { accountOf, at, detail, list, read, readError, url } from './requests'
import { openResourcesWorld, type ResourcesWorld } from './resourcesWorld'

let world: ResourcesWorld
let house: ResourcesWorld['house']
let index: ResourcesWorld['index']
let sold: ResourcesWorld['sold']
let open: ResourcesWorld['open']

const address = (account: number) => localAccount(account).address
const account = (number: number) => accountOf(address(number))
const settlements = (query = '') => read(settlementListResponseSchema, listSettlements(url(`settlements?${query}`)))
const settlement = (id: string, query = '') =>
  read(settlementResponseSchema, getSettlement(url(`settlements/x?${query}`), at({ id })))
const stats = () => read(statsResponseSchema, getStats(url('stats')))
const ids = async (query: string) => (await list(query)).auctions.map(({ id }) => id)

beforeAll(async () => {
  world = await openResourcesWorld()
  ;({ house, index, sold, open } = world)
})
afterAll(() => world.close())

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
    expect(one.openings).toMatchObject([{ seq: 0, price: 30, rho: world.winner.rho }])
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
    await world.claimSold()
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
  expect(before.all).toMatchObject({ since: 0, ...all, volumes })
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
        ...{ keyId: sold.params.keyId, epoch: '1', retired: false, revoked: false },
        ...{ operator: address(0), appId: `0x${'a9'.repeat(20)}` },
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
