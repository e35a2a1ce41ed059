import { z } from 'zod'

export const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be 0x and 40 hex digits')
export const hash = z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'must be 0x and 64 hex digits')
/** A whole number in a query, in plain digits: JavaScript would take `1e3`, ` 7` and `0x10` for numbers too. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^(?:0|[1-9][0-9]{0,11})$/, `must be a whole number from ${min} to ${max}`)
    .pipe(z.coerce.number<string>().int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))
export const limit = (fallback: number) => whole(1, 100).default(fallback)
/** Unix seconds of chain time. */
export const time = whole(0, 99_999_999_999).optional()
export const cursor = z.string().min(1).max(300).optional()
