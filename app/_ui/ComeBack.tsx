'use client'

import { useEffect } from 'react'
import { watchPath } from '../_data/watchPath'

const LOOK_EVERY_MS = 3_000

/** Loads the page again as soon as an address of the API answers: for pages that could not be made. */
export function ComeBack({ watch }: { watch: string }) {
  useEffect(() => {
    const control = new AbortController()
    const timer = setInterval(() => {
      watchPath(watch, control.signal).then(
        (look) => look.ok && location.reload(),
        () => undefined,
      )
    }, LOOK_EVERY_MS)
    return () => {
      clearInterval(timer)
      control.abort()
    }
  }, [watch])
  return null
}
