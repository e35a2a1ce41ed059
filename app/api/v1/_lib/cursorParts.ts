import { z } from 'zod'
import type { ApiError } from './errors'
import { invalid } from './parse'

// Within what PostgreSQL's BIGINT and INTEGER hold, so that a made-up cursor is a bad request and not a failed query.
export const bigint = z
  .string()
  .regex(/^[0-9]{1,18}$/)
  .transform(BigInt)
export const logIndex = z.int().min(0).max(0x7fff_ffff)
export const id = z.string().regex(/^0x[0-9a-f]{64}$/)

/** The place where the next page begins, as something only this API reads; null stays null. */
export function encode(position: object | null): string | null {
  if (position === null) return null
  const text = JSON.stringify(position, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  return Buffer.from(text).toString('base64url')
}

/** @throws ApiError INVALID_REQUEST for what is not of this form. */
export function decode<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined,
): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw notOurs()
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw notOurs()
  return parsed.data
}

/** The refusal of a cursor. */
export function notOurs(): ApiError {
  return invalid([{ field: 'cursor', rule: 'not one that this list gave out' }])
}
