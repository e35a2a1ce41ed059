import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf, CLIENT_HEADER, clientKey, keyOfAddress } from '../../../app/api/v1/_lib/clientAddress'
import {
  decodeActivityCursor,
  decodeAuctionCursor,
  decodeSeqCursor,
  decodeSettlementCursor,
  encodeActivityCursor,
  encodeAuctionCursor,
  encodeSeqCursor,
  encodeSettlementCursor,
} from '../../../app/api/v1/_lib/cursor'
import { etagOf, matches } from '../../../app/api/v1/_lib/etag'
import { ApiError } from '../../../app/api/v1/_lib/errors'
import { RateLimiter } from '../../../app/api/v1/_lib/rateLimit'
import { routeOf } from '../../../app/api/_server/requestMetrics'
import type { AuctionPosition } from '../../../lib/db/auctions'

const id = fc.stringMatching(/^0x[0-9a-f]{64}$/)
const number = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n })
const logIndex = fc.integer({ min: 0, max: 0x7fff_ffff })
const position: fc.Arbitrary<AuctionPosition> = fc.oneof(
  fc.record({ sort: fc.constant('newest' as const), blockNumber: number, logIndex }),
  fc.record({ sort: fc.constantFrom('closing' as const, 'closed' as const), closesAt: number, id }),
  fc.record({ sort: fc.constant('bids' as const), liveCount: number, id }),
)

describe('cursors', () => {
  test('come back as they went out, in lists of their own sort alone', () => {
    fc.assert(
      fc.property(position, fc.constantFrom('newest', 'closing', 'closed', 'bids'), (place, sort) => {
        const cursor = encodeAuctionCursor(place)!
        if (sort === place.sort) expect(decodeAuctionCursor(cursor, sort)).toEqual(place)
        else expect(() => decodeAuctionCursor(cursor, sort)).toThrow(ApiError)
      }),
    )
  })

  test('of one list mean nothing to another', () => {
    const place = { blockNumber: 5n, logIndex: 1 }
    const [activity, settlement] = [encodeActivityCursor(place)!, encodeSettlementCursor(place)!]
    expect(decodeActivityCursor(activity)).toMatchObject(place)
    expect(decodeSettlementCursor(settlement)).toMatchObject(place)
    expect(decodeSeqCursor(encodeSeqCursor(7)!)).toBe(7)
    expect(() => decodeActivityCursor(settlement)).toThrow(ApiError)
    expect(() => decodeSettlementCursor(activity)).toThrow(ApiError)
    expect(() => decodeSeqCursor(activity)).toThrow(ApiError)
  })

  test('that were made up are refused, never anything worse', () => {
    const json = fc.json().map((text) => Buffer.from(text).toString('base64url'))
    fc.assert(
      fc.property(fc.oneof(fc.string(), json), (cursor) => {
        for (const decode of [decodeActivityCursor, decodeSettlementCursor, decodeSeqCursor])
          expect(() => decode(cursor)).toThrow(ApiError)
      }),
    )
  })
})

describe('ETags', () => {
  const request = (path: string, encoding = 'gzip') =>
    new Request(`http://x/api/v1/${path}`, { headers: { 'accept-encoding': encoding } })
  const tag = etagOf(request('auctions?a=1&b=2'), { head: 5n })

  test('are the same for the same request and state, however it is written', () => {
    expect(tag).toMatch(/^"[A-Za-z0-9_-]{27}"$/)
    expect(etagOf(request('auctions?b=2&a=1'), { head: 5n })).toBe(tag)
  })

  test.each([
    ['another state', 'auctions?a=1&b=2', 6n, 'gzip'],
    ['another query', 'auctions?a=1&b=3', 5n, 'gzip'],
    ['another path', 'settlements?a=1&b=2', 5n, 'gzip'],
    ['another encoding', 'auctions?a=1&b=2', 5n, 'br'],
  ])('differ for %s', (_what, path, head, encoding) => {
    expect(etagOf(request(path, encoding), { head })).not.toBe(tag)
  })

  test.each([
    [null, false],
    ['*', true],
    [tag, true],
    [`"other", W/${tag}`, true],
    ['"other"', false],
    [tag.slice(1, -1), false],
  ])('If-None-Match %s', (header, expected) => {
    expect(matches(header, tag)).toBe(expected)
  })
})

describe('rate limits', () => {
  test('allow a burst, then what refills, for each address', () => {
    const limiter = new RateLimiter(2, 3)
    expect([1, 2, 3].map(() => limiter.take('a', 0))).toEqual([0, 0, 0])
    expect(limiter.take('a', 0)).toBe(1)
    expect(limiter.take('b', 0)).toBe(0)
    expect(limiter.take('a', 400)).toBe(1)
    expect(limiter.take('a', 500)).toBe(0)
    expect(limiter.take('a', 500)).toBe(1)
    // Time does not save up more than the burst.
    expect([1, 2, 3, 4].map(() => limiter.take('a', 1e6))).toEqual([0, 0, 0, 1])
  })

  test('tell slow refills truly, and can be off', () => {
    const slow = new RateLimiter(0.1, 1)
    expect([slow.take('a', 0), slow.take('a', 0)]).toEqual([0, 10])
    const off = new RateLimiter(0, 1)
    expect([off.take('a', 0), off.take('a', 0)]).toEqual([0, 0])
  })

  test('count IPv6 by its /64 and IPv4 in IPv6 as IPv4', () => {
    expect(keyOfAddress('2001:DB8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(keyOfAddress('2001:db8::9')).toBe('2001:db8:0:0')
    expect(keyOfAddress('::1')).toBe('0:0:0:0')
    expect(keyOfAddress('fe80::1%eth0')).toBe('fe80:0:0:0')
    expect(keyOfAddress('::ffff:10.1.2.3')).toBe('10.1.2.3')
    expect(clientKey(new Request('http://x/', { headers: { [CLIENT_HEADER]: '10.1.2.3' } }))).toBe('10.1.2.3')
  })

  test('believe X-Forwarded-For only as far as trusted proxies wrote it', () => {
    expect(addressOf('10.0.0.1', '6.6.6.6', 0)).toBe('10.0.0.1')
    expect(addressOf('10.0.0.1', '6.6.6.6, 1.2.3.4', 1)).toBe('1.2.3.4')
    expect(addressOf('10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', 2)).toBe('1.2.3.4')
    expect(addressOf('10.0.0.1', undefined, 1)).toBe('10.0.0.1')
  })
})

test('metrics know a fixed number of routes', () => {
  expect(routeOf('/api/v1/auctions?x=1')).toBe('/api/v1/auctions')
  expect(routeOf(`/api/v1/auctions/0x${'1'.repeat(64)}/bids`)).toBe('/api/v1/auctions/{id}/bids')
  expect(routeOf('/api/v1/openapi.json')).toBe('/api/v1/openapi.json')
  expect(routeOf('/api/v1/openapixjson')).toBe('/api/other')
  expect(routeOf('/_next/static/a.js')).toBe('/_next')
  fc.assert(
    fc.property(fc.webPath(), fc.constantFrom('', '/api', '/_next'), (path, start) => {
      expect(['page', '/api/other', '/_next']).toContain(routeOf(`${start}${path}`))
    }),
  )
})
