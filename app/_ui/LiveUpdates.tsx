'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { concerns, type Subject } from '../_data/concerns'
import { useChainClock } from '../_data/useChainClock'
import { useLiveState, useLiveUpdates } from '../_data/useLiveUpdates'
import { watchPath } from '../_data/watchPath'
import { Moment } from './Moment'

const LOOK_EVERY_MS = 3_000
/** With the stream at work, a look is only to find out that the index stands still. */
const LOOK_EVERY_LIVE_MS = 15_000
/** One block brings several events at once. */
const GATHER_MS = 250
const LATE_SECONDS = 45

type Props = {
  /** An address of the API whose answer changes when this page's contents do. */
  watch: string
  subject?: Subject
  /** Chain time at which the page was made, Unix seconds. */
  madeAt: number
  /** Times at which the contents change by themselves, Unix seconds. */
  moments?: readonly number[]
}

/**
 * Has the server make the page again when something changed. Where it cannot, what is shown stays, and a line says
 * since when it is old: a page that disappears tells less than one that is late.
 */
export function LiveUpdates({ watch, subject = {}, madeAt, moments = [] }: Props) {
  const router = useRouter()
  const { block, silence } = useChainClock(madeAt)
  const live = useLiveState() === 'live'
  const [late, setLate] = useState<string | null>(null)
  const seen = useRef<string | null>(null)
  const gathering = useRef<ReturnType<typeof setTimeout>>(undefined)

  useLiveUpdates((event) => {
    if (!concerns(event, subject)) return
    clearTimeout(gathering.current)
    gathering.current = setTimeout(() => router.refresh(), GATHER_MS)
  })
  useEffect(() => () => clearTimeout(gathering.current), [])

  const misses = useRef(0)
  const look = useEffectEvent(async (signal: AbortSignal) => {
    if (document.visibilityState === 'hidden') return
    const found = await watchPath(watch, signal)
    misses.current = found.ok ? 0 : misses.current + 1
    if (!found.ok) {
      if (misses.current > 1) setLate(found.reason)
      return
    }
    setLate(found.stale ? 'The index is behind the chain.' : null)
    if (seen.current !== null && seen.current !== found.fingerprint) router.refresh()
    seen.current = found.fingerprint
  })
  const every = live && late === null ? LOOK_EVERY_LIVE_MS : LOOK_EVERY_MS
  useEffect(() => {
    const control = new AbortController()
    const start = () => void look(control.signal).catch(() => undefined)
    const timer = setInterval(start, every)
    start()
    return () => {
      clearInterval(timer)
      control.abort()
    }
  }, [watch, every])

  // A phase that ends by the clock is no event of the chain.
  const passed = moments.filter((moment) => moment <= block && moment > madeAt).length
  useEffect(() => {
    if (passed > 0) router.refresh()
  }, [passed, router])

  const reason = late ?? (silence > LATE_SECONDS ? 'The chain’s node shows no new block.' : null)
  return (
    <div role="status" className="pointer-events-none sticky bottom-4 z-10 h-0">
      {reason ? (
        <p className="border-warn bg-warn-wash pointer-events-auto absolute bottom-0 left-1/2 w-max max-w-full -translate-x-1/2 rounded-sm border px-4 py-2 text-sm shadow-lg">
          <strong>This page is late.</strong> {reason} What you see is from <Moment at={madeAt} />. Money and bids are
          on the chain and not affected; this page catches up by itself.
        </p>
      ) : null}
    </div>
  )
}
