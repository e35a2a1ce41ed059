'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { createLiveFeed, type LiveEvent, type LiveFeed, type LiveState } from './liveFeed'

let shared: LiveFeed | undefined

/** The page's one feed, whoever listens. */
function liveFeed(): LiveFeed {
  return (shared ??= createLiveFeed({
    openSource: (url) => new EventSource(url),
    fetchJson: async (url) => {
      const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
      if (!response.ok) throw new Error(`the stream answered ${response.status}`)
      return response.json() as Promise<unknown>
    },
    isHidden: () => document.visibilityState === 'hidden',
    onVisibility: (changed) => {
      document.addEventListener('visibilitychange', changed)
      return () => document.removeEventListener('visibilitychange', changed)
    },
  }))
}

/**
 * Calls `onEvent` for every change of the index while this is mounted. After a `reset` or a `Rollback`, anything may have
 * changed.
 */
export function useLiveUpdates(onEvent: (event: LiveEvent) => void): void {
  const listener = useEffectEvent(onEvent)
  useEffect(() => liveFeed().subscribe((event) => listener(event)), [])
}

/** How changes reach this page now: to say so, and to ask less often while it is `live`. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (changed) => liveFeed().onState(changed),
    () => liveFeed().state(),
    () => 'off',
  )
}
