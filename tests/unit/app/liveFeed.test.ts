import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { affectedQueries } from '../../../app/_data/affectedQueries'
import { createLiveFeed, RESET, type LiveEvent } from '../../../app/_data/liveFeed'

/** A source that does what the test says, as a browser's would. */
class Source extends EventTarget {
  readyState = 0
  closed = false
  constructor(readonly url: string) {
    super()
  }
  close() {
    this.closed = true
    this.readyState = 2
  }
  open() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  say(id: string, data: unknown, type = 'message') {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId: id }))
  }
  fail(readyState = 0) {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
}

const bid: LiveEvent = { kind: 'BidPlaced', auctionId: '0xa', marketId: null, account: '0xb' }

function openPage() {
  const sources: Source[] = []
  const asked: string[] = []
  let answers: unknown[] = []
  let hidden = false
  let look: () => void = () => undefined
  const feed = createLiveFeed({
    openSource: (url) => {
      const source = new Source(url)
      sources.push(source)
      // Its listeners take the events that it makes itself; an EventSource's type says so for each kind of event.
      return source as unknown as EventSource
    },
    fetchJson: (url) => {
      asked.push(url)
      const answer = answers.shift()
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('down'))
    },
    isHidden: () => hidden,
    onVisibility: (changed) => {
      look = changed
      return () => undefined
    },
  })
  const heard: LiveEvent[] = []
  const leave = feed.subscribe((event) => heard.push(event))
  return {
    feed,
    sources,
    asked,
    heard,
    leave,
    newest: () => sources.at(-1)!,
    answer: (...next: unknown[]) => (answers = next),
    hide: (now: boolean) => {
      hidden = now
      look()
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the page’s live feed', () => {
  it('tells what comes, and lets the browser reconnect', () => {
    const page = openPage()
    expect([page.feed.state(), page.newest().url]).toEqual(['connecting', '/api/v1/stream'])
    page.newest().open()
    page.newest().say('5-aa', { ...bid, seq: 1 })
    page.newest().say('6-bb', {}, 'reset')
    page.newest().say('7-cc', 'nonsense')
    expect(page.heard).toEqual([bid, RESET, RESET])
    page.newest().fail()
    expect([page.feed.state(), page.sources.length]).toEqual(['reconnecting', 1])
    page.newest().open()
    expect(page.feed.state()).toBe('live')
  })

  it('asks instead where streams fail, from where it was, and tries streams again later', async () => {
    const page = openPage()
    page.newest().open()
    page.newest().say('5-aa', bid)
    const next = { events: [bid, bid], reset: false, more: true, lastEventId: '7-cc' }
    page.answer(next, { ...next, events: [], reset: true, more: false, lastEventId: '9-dd' })
    page.newest().fail(2)
    await vi.advanceTimersByTimeAsync(10)
    expect(page.asked).toEqual(['/api/v1/stream/poll?after=5-aa', '/api/v1/stream/poll?after=7-cc'])
    expect(page.heard).toEqual([bid, bid, bid, RESET])
    expect([page.feed.state(), page.sources[0]!.closed]).toEqual(['polling', true])
    await vi.advanceTimersByTimeAsync(4_000)
    expect(page.feed.state()).toBe('reconnecting')
    await vi.advanceTimersByTimeAsync(90_000)
    expect(page.sources.length).toBe(2)
    expect(page.newest().url).toBe('/api/v1/stream?lastEventId=9-dd')
  })

  it('gives up on a stream that breaks again and again', () => {
    const page = openPage()
    for (let failures = 0; failures < 3; failures++) page.newest().fail()
    expect(page.newest().closed).toBe(true)
    // It never had a place to go on from: anything may have been missed.
    expect(page.heard).toEqual([RESET])
  })

  it('rests while the tab is hidden, and when nobody listens', () => {
    const page = openPage()
    page.newest().open()
    page.newest().say('5-aa', bid)
    page.hide(true)
    expect([page.feed.state(), page.newest().closed]).toEqual(['off', true])
    page.hide(false)
    expect(page.newest().url).toBe('/api/v1/stream?lastEventId=5-aa')
    page.leave()
    expect([page.feed.state(), page.newest().closed, vi.getTimerCount()]).toEqual(['off', true, 0])
  })
})

describe('what a change makes old', () => {
  it('is its auction, its account and what counts them', () => {
    const keys = affectedQueries(bid).map((key) => key.join('/'))
    expect(keys).toEqual(expect.arrayContaining(['auction/0xa', 'account/0xb', 'auctions', 'status']))
    expect(keys).not.toContain('account')
  })

  it('is everything after a rollback, and every account after a settlement', () => {
    const keysOf = (kind: string) => affectedQueries({ ...bid, kind }).map((key) => key.join('/'))
    for (const kind of ['Rollback', 'reset'])
      expect(keysOf(kind)).toEqual(expect.arrayContaining(['auction', 'account']))
    expect(keysOf('AuctionSettled')).toContain('account')
    expect(keysOf('Block')).toEqual(['status'])
  })
})
