import { UINT32_MAX } from '../constants'

/** The prices, both included, at which a batch may clear. */
export interface Band {
  low: number
  high: number
}

/** `width` ticks either side of the last price, within uint32. */
export function bandAround(last: number, width: number): Band {
  return { low: Math.max(0, last - width), high: Math.min(UINT32_MAX, last + width) }
}

/** Ticks either side that a market allows: max(1, floor(last * bandBps / 10,000)). PROTOCOL.md section 11, step 4. */
export function bandWidth(last: number, bandBps: number): number {
  return Math.max(1, Math.floor((last * bandBps) / 10_000))
}
