'use client'

import { useEffect, useRef } from 'react'

/**
 * @returns what an input calls when it loses the focus; it calls `onLeave` after the click that took the focus, if one
 * did: what a check adds to the page would move the button from under the pointer.
 */
export function useLeave(onLeave: () => void): () => void {
  const pressed = useRef(false)
  useEffect(() => {
    const listening = new AbortController()
    const options = { capture: true, signal: listening.signal }
    const mark = (isDown: boolean) => () => void (pressed.current = isDown)
    document.addEventListener('pointerdown', mark(true), options)
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, mark(false), options)
    return () => listening.abort()
  }, [])
  return () => {
    // A touch comes as pointer events first, then as focus and click, in one go: hence not at once in either case.
    const soon = () => setTimeout(onLeave)
    if (!pressed.current) return void soon()
    const waiting = new AbortController()
    const options = { capture: true, signal: waiting.signal }
    const released = () => {
      waiting.abort()
      soon()
    }
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, released, options)
  }
}
