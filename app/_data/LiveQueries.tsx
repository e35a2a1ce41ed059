'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { affectedQueries } from './affectedQueries'
import { useLiveUpdates } from './useLiveUpdates'

/** A block brings many changes at once: what they make old is read again once. */
const GATHER_MS = 250

/** Has queries read again as soon as the index says that they are old. Shows nothing. */
export function LiveQueries() {
  const queries = useQueryClient()
  const gathered = useRef(new Map<string, string[]>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useLiveUpdates((event) => {
    for (const key of affectedQueries(event)) gathered.current.set(key.join(), key)
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      for (const queryKey of gathered.current.values()) void queries.invalidateQueries({ queryKey })
      gathered.current.clear()
    }, GATHER_MS)
  })
  return null
}
