'use client'

import { useSyncExternalStore } from 'react'
import { formatTime } from '../_format/time'

/** A time in full, with its zone: the server writes UTC, and the browser turns it into the person's own. */
export function Moment({ at, className }: { at: number; className?: string }) {
  const text = useSyncExternalStore(
    never,
    () => formatTime(at),
    () => formatTime(at, 'en-GB', 'UTC'),
  )
  return (
    <time dateTime={new Date(at * 1000).toISOString()} className={className}>
      {text}
    </time>
  )
}

function never(): () => void {
  return () => undefined
}
