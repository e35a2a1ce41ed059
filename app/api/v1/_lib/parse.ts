import type { z } from 'zod'
import type { Problem } from '../_schemas/apiError'
import { ApiError } from './errors'

/** Checks parameters. @throws ApiError INVALID_REQUEST naming each that is at fault, and the rule that it breaks. */
export function parseParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  throw invalid(parsed.error.issues.flatMap(problemsOf))
}

/** Checks the query string; a parameter given twice is an error, not a choice. @throws ApiError INVALID_REQUEST. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, request: Request): z.output<Schema> {
  const { searchParams } = new URL(request.url)
  const query = new Map<string, string>()
  for (const [name, value] of searchParams) {
    if (query.has(name)) throw invalid([{ field: name, rule: 'given twice' }])
    query.set(name, value)
  }
  // Not Object.fromEntries alone: `__proto__` would be a name like any other there, but not for a reader of the object.
  if (query.has('__proto__')) throw invalid([{ field: '__proto__', rule: 'is not a parameter of this request' }])
  return parseParams(schema, Object.fromEntries(query))
}

/** @throws never; makes the refusal that lists these problems. */
export function invalid(problems: readonly Problem[]): ApiError {
  return new ApiError('INVALID_REQUEST', {
    message: problems.map(({ field, rule }) => `${field}: ${rule}`).join('; '),
    problems,
  })
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((field) => ({ field, rule: 'is not a parameter of this request' }))
  }
  return [{ field: String(issue.path[0] ?? 'request'), rule: issue.message }]
}
