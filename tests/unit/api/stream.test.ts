import { describe, expect, test } from 'vitest'
import { passes } from '../../../app/api/v1/_lib/stream/filter'
import {
  eventFrame,
  heartbeatFrame,
  openingFrame,
  resetFrame,
  toStreamEvent,
} from '../../../app/api/v1/_lib/stream/frames'
import { formatPosition, parsePosition, positionOf } from '../../../app/api/v1/_lib/stream/position'
import { BUFFER_BYTES, Subscriber } from '../../../app/api/v1/_lib/stream/subscriber'
import { streamEventSchema } from '../../../app/api/v1/_schemas/stream'
import type { FeedEntry } from '../../../lib/db/feed'

const auction = `0x${'ab'.repeat(32)}`
const account = `0x${'cd'.repeat(20)}`
const entry = (id: bigint, changes: Partial<FeedEntry> = {}): FeedEntry => ({
  ...{ id, kind: 'BidPlaced', auctionId: auction, marketId: null, batchId: null, account, seq: 3, blockNumber: 9n },
  ...{ blockHash: `0x${'ef'.repeat(32)}`, createdAt: new Date(1_000_500) },
  ...changes,
})

describe('frames', () => {
  test('are what EventSource reads', () => {
    const event = toStreamEvent(entry(7n))
    expect(streamEventSchema.parse(event)).toEqual(event)
    expect(event).toMatchObject({ kind: 'BidPlaced', seq: 3, blockNumber: 9, time: 1_000 })
    const [first, second, ...rest] = eventFrame(event).split('\n')
    expect(first).toBe(`id: ${event.id}`)
    expect(JSON.parse(second!.replace('data: ', ''))).toEqual(event)
    expect(rest).toEqual(['', ''])
    const place = positionOf(entry(7n))
    expect(heartbeatFrame(place)).toBe(`id: ${event.id}\n: still here\n\n`)
    expect(openingFrame(place)).toMatch(/^retry: \d+\nid: 7-[0-9a-f]{8}\n/)
    expect(resetFrame(place)).toMatch(/^event: reset\nid: 7-[0-9a-f]{8}\ndata: \{\}\n\n$/)
  })

  test('ids name the entry and what it says', () => {
    const place = positionOf(entry(7n))
    expect(parsePosition(formatPosition(place))).toEqual(place)
    expect(positionOf(entry(7n, { createdAt: new Date(1_000_501) })).mark).not.toBe(place.mark)
    for (const bad of [
      '',
      '7',
      '7-',
      '07-00000000',
      '7-0000000g',
      '-1-00000000',
      '7-000000000',
      `${'9'.repeat(19)}-00000000`,
    ])
      expect(parsePosition(bad)).toBeUndefined()
  })
})

describe('filters', () => {
  const rollback = entry(1n, { kind: 'Rollback', auctionId: null, account: null })
  const block = entry(1n, { kind: 'Block', auctionId: null, account: null })
  test.each([
    [entry(1n), {}, true],
    [entry(1n), { auction: auction.toUpperCase().replace('0X', '0x') }, true],
    [entry(1n), { auction: `0x${'00'.repeat(32)}` }, false],
    [entry(1n), { account: `0x${'CD'.repeat(20)}` }, true],
    [entry(1n), { account: `0x${'00'.repeat(20)}` }, false],
    [entry(1n), { kinds: ['BidWon'] }, false],
    [entry(1n), { auction, kinds: ['BidPlaced'] }, true],
    [rollback, { auction: `0x${'00'.repeat(32)}`, kinds: ['BidWon'] }, true],
    [entry(1n, { kind: 'SignerAdmitted', auctionId: null }), { account }, true],
    [entry(1n, { kind: 'OfAFutureVersion' }), {}, false],
    [block, {}, true],
    [block, { auction }, false],
    [block, { auction, kinds: ['Block'] }, true],
  ])('%#', (event, filter, expected) => {
    expect(passes(event, filter)).toBe(expected)
  })
})

describe('a client', () => {
  test('that takes nothing is cut off, with little kept for it', async () => {
    let left = 0
    const subscriber = new Subscriber({}, positionOf(entry(1n)), () => left++)
    let sent = 0
    for (let id = 2n; !subscriber.closed; id++) {
      subscriber.deliver([entry(id)])
      sent += eventFrame(toStreamEvent(entry(id))).length
      expect(sent).toBeLessThan(BUFFER_BYTES + 1_000)
    }
    expect(left).toBe(1)
    await expect(subscriber.body.getReader().read()).rejects.toThrow('does not keep up')
    // Nothing more is done for it, and it leaves only once.
    subscriber.deliver([entry(10_000n)])
    subscriber.close()
    expect(left).toBe(1)
  })

  test('gets each entry once, whoever reads it first', async () => {
    const subscriber = new Subscriber({}, positionOf(entry(1n)), () => undefined)
    subscriber.deliver([entry(2n), entry(3n)])
    subscriber.deliver([entry(1n), entry(2n), entry(3n), entry(4n)])
    subscriber.close()
    const text = await new Response(subscriber.body).text()
    expect([...text.matchAll(/^id: (\d+)-/gm)].map(([, id]) => id)).toEqual(['2', '3', '4'])
  })
})
