import { apiEnv, loadEnv, type ApiEnv } from '../../../../lib/config/env'
import { clientKey } from './clientAddress'
import { ApiError } from './errors'

type Bucket = { tokens: number; at: number }

const MOST_BUCKETS = 50_000

/** Buckets that refill with time: `burst` requests at once, `perSecond` in the long run, for each key. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  constructor(
    readonly perSecond: number,
    readonly burst: number,
  ) {}

  /**
   * Takes one request from the key's bucket.
   *
   * @param now Milliseconds of a clock that never goes back.
   * @returns 0, or in how many whole seconds there will be one to take.
   */
  take(key: string, now: number): number {
    if (this.perSecond === 0) return 0
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: this.burst, at: now }
    const filled = Math.min(this.burst, tokens + ((now - at) / 1_000) * this.perSecond)
    const left = filled >= 1 ? filled - 1 : filled
    // Deleted first, so that the map's order is that of the last use.
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens: left, at: now })
    this.#forget()
    return filled >= 1 ? 0 : Math.ceil((1 - filled) / this.perSecond)
  }

  /** An address unused for longest has refilled, or gains one burst: cheaper than growing without end. */
  #forget(): void {
    if (this.#buckets.size <= MOST_BUCKETS) return
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}

// On globalThis: Next bundles each route by itself, and a limit for each bundle would be no limit.
const shared = globalThis as typeof globalThis & { subrosaApiEnv?: ApiEnv; subrosaRateLimiter?: RateLimiter }

/** The API's own settings, read at the first request. */
export function apiSettings(): ApiEnv {
  return (shared.subrosaApiEnv ??= loadEnv(apiEnv))
}

/** @throws ApiError RATE_LIMITED where the caller's address has used up its requests. */
export function takeRequest(request: Request): void {
  const { API_RATE_PER_SECOND: perSecond, API_RATE_BURST: burst } = apiSettings()
  shared.subrosaRateLimiter ??= new RateLimiter(perSecond, burst)
  const wait = shared.subrosaRateLimiter.take(clientKey(request), performance.now())
  if (wait > 0) throw new ApiError('RATE_LIMITED', { retryAfter: wait })
}
