/** How changes reach this page. `off`: nobody asks, or the tab is hidden. */
export type LiveState = 'off' | 'connecting' | 'live' | 'reconnecting' | 'polling'

/** One change of the index, as much of it as decides what to read again; `reset`: anything may have changed. */
export type LiveEvent = { kind: string; auctionId: string | null; marketId: string | null; account: string | null }

export const RESET: LiveEvent = { kind: 'reset', auctionId: null, marketId: null, account: null }

type Source = Pick<EventSource, 'close' | 'readyState' | 'addEventListener'>

/** What the feed needs of a browser. */
export type LiveSurroundings = {
  openSource: (url: string) => Source
  fetchJson: (url: string) => Promise<unknown>
  isHidden: () => boolean
  /** @returns How to stop being told. */
  onVisibility: (changed: () => void) => () => void
}

export type LiveFeed = {
  subscribe: (onEvent: (event: LiveEvent) => void) => () => void
  state: () => LiveState
  /** @returns How to stop being told. */
  onState: (changed: () => void) => () => void
}

const STREAM = '/api/v1/stream'
const FAILURES_BEFORE_POLLING = 3
const POLL_MS = 4_000
const POLLS_BEFORE_STREAM = 15
const CLOSED = 2

/**
 * The index's changes, by one stream for the whole page: opened while somebody listens and the tab is seen, resumed where
 * it broke off, and replaced by asking every few seconds where streams do not get through.
 */
export function createLiveFeed(browser: LiveSurroundings): LiveFeed {
  const listeners = new Set<(event: LiveEvent) => void>()
  const watchers = new Set<() => void>()
  let state: LiveState = 'off'
  let lastId: string | undefined
  let source: Source | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let unwatch: (() => void) | undefined
  // Counts what was begun, so that an answer of something given up is left alone.
  let era = 0

  function become(next: LiveState): void {
    if (state === next) return
    state = next
    for (const watcher of watchers) watcher()
  }

  function tell(event: LiveEvent): void {
    for (const listener of [...listeners]) listener(event)
  }

  function halt(): void {
    era++
    source?.close()
    source = undefined
    clearTimeout(timer)
  }

  function openStream(): void {
    halt()
    failures = 0
    become('connecting')
    const own = browser.openSource(lastId === undefined ? STREAM : `${STREAM}?lastEventId=${lastId}`)
    source = own
    own.addEventListener('open', () => {
      failures = 0
      become('live')
    })
    own.addEventListener('message', (message) => take(message as MessageEvent<string>))
    own.addEventListener('reset', (message) => {
      lastId = (message as MessageEvent<string>).lastEventId
      tell(RESET)
    })
    own.addEventListener('error', () => {
      if (source !== own) return
      failures++
      // A refusal ends the source for good; a lost connection is tried again by the browser.
      if (own.readyState === CLOSED || failures >= FAILURES_BEFORE_POLLING) startPolling()
      else become('reconnecting')
    })
  }

  function take({ data, lastEventId }: MessageEvent<string>): void {
    lastId = lastEventId
    tell(readEvent(JSON.parse(data)))
  }

  function startPolling(): void {
    halt()
    // Without a place to go on from, nobody knows what was missed.
    if (lastId === undefined) tell(RESET)
    become('reconnecting')
    void poll(0, era)
  }

  async function poll(count: number, begun: number): Promise<void> {
    let wait = POLL_MS
    try {
      const answer = readPoll(
        await browser.fetchJson(`${STREAM}/poll${lastId === undefined ? '' : `?after=${lastId}`}`),
      )
      if (begun !== era) return
      become('polling')
      lastId = answer.lastEventId
      if (answer.reset) tell(RESET)
      answer.events.map(readEvent).forEach(tell)
      if (answer.more) wait = 0
    } catch {
      if (begun !== era) return
      become('reconnecting')
    }
    timer = setTimeout(() => {
      if (count >= POLLS_BEFORE_STREAM) openStream()
      else void poll(count + 1, begun)
    }, wait)
  }

  function followVisibility(): void {
    if (browser.isHidden()) {
      halt()
      become('off')
    } else if (state === 'off') {
      if (lastId === undefined) tell(RESET)
      openStream()
    }
  }

  return {
    state: () => state,
    onState(changed) {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
    subscribe(onEvent) {
      listeners.add(onEvent)
      if (listeners.size === 1) {
        unwatch = browser.onVisibility(followVisibility)
        if (!browser.isHidden()) openStream()
      }
      return () => {
        listeners.delete(onEvent)
        if (listeners.size > 0) return
        unwatch?.()
        halt()
        // Who comes later reads everything anyway, and goes on from then.
        lastId = undefined
        become('off')
      }
    },
  }
}

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null)

/** Events only say what to read again, so that what is not understood counts as any change. */
function readEvent(value: unknown): LiveEvent {
  const { kind, auctionId, marketId, account } = (value ?? {}) as Record<string, unknown>
  if (typeof kind !== 'string') return RESET
  return {
    kind,
    auctionId: textOrNull(auctionId),
    marketId: textOrNull(marketId),
    account: textOrNull(account),
  }
}

function readPoll(value: unknown): { events: unknown[]; reset: boolean; more: boolean; lastEventId: string } {
  const { events, reset, more, lastEventId } = (value ?? {}) as Record<string, unknown>
  if (!Array.isArray(events) || typeof lastEventId !== 'string') throw new Error('not an answer of the stream')
  return { events, reset: reset === true, more: more === true, lastEventId }
}
