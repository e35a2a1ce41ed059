import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
import { ENDPOINTS } from '../../../app/api/v1/_lib/endpoints'
import { HTTP_STATUS } from '../../../app/api/v1/_lib/errors'
import { localAccount } from '../../../lib/dev/accounts'
import { at, detail, list, readError, url } from './requests'
import { openResourcesWorld, type ResourcesWorld } from './resourcesWorld'

let world: ResourcesWorld
let chain: ResourcesWorld['chain']
let index: ResourcesWorld['index']
let sold: ResourcesWorld['sold']
let open: ResourcesWorld['open']

const address = (account: number) => localAccount(account).address

// With claims and a final sale, so that answers have those parts too.
beforeAll(async () => {
  world = await openResourcesWorld()
  ;({ chain, index, sold, open } = world)
  await world.house.moveTo(BigInt((await detail(sold.id)).auction.settlement!.challengeUntil))
  await world.claimSold()
})
afterAll(() => world.close())

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
  // Streams, files and markets have tests of their own.
  const cases = ENDPOINTS.filter(({ streams, files, tag }) => !streams && !files && tag !== 'Markets').map(
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
    // What changes by itself is the age of the index, in steps of 15 s: two requests may stand on either side of one.
    const pair = async () => {
      const first = await ask(path)
      const etag = first.headers.get('etag')!
      expect(etag).toMatch(/^"[^"]+"$/)
      expect(first.headers.get('cache-control')).toBe('public, no-cache')
      const again = await ask(path, '', { 'if-none-match': etag })
      const changed = await ask(path, '', { 'if-none-match': '"other"' })
      const same = (answer: Response) => answer.headers.get('etag') === etag
      return [again.status, await again.text(), same(again), changed.status, same(changed)]
    }
    await expect.poll(pair, { timeout: 120_000 }).toEqual([304, '', true, 200, true])
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
      ...{ kinds: 'BidPlaced,Rollback', auction: sold.id, market: `0x${'ab'.repeat(32)}`, after: '0-00000000' },
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
