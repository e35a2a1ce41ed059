import type { z } from 'zod'
import { ApiError } from './errors'

/** Checks path parameters. @throws ApiError INVALID_REQUEST naming the first field at fault. */
export function parseParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const unknownField = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = unknownField ?? issue?.path[0]?.toString()
  const reason = unknownField ? 'is not a parameter of this request' : (issue?.message ?? 'is not valid')
  throw new ApiError('INVALID_REQUEST', field ? `${field}: ${reason}` : reason, field)
}

/** Checks the query string; a parameter given twice is an error, not a choice. @throws ApiError INVALID_REQUEST. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.output<Schema> {
  const { searchParams } = new URL(request.url)
  const query: Record<string, string> = {}
  for (const [name, value] of searchParams) {
    if (Object.hasOwn(query, name)) throw new ApiError('INVALID_REQUEST', `${name}: given twice`, name)
    query[name] = value
  }
  return parseParams(schema, query)
}
