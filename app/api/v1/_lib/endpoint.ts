import type { z } from 'zod'

/** One address of the API: what it takes and gives. The OpenAPI document is made of these, and of nothing else. */
export type Endpoint<
  Path extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> = {
  /** As OpenAPI writes it: `/auctions/{id}`. */
  path: string
  operationId: string
  summary: string
  description: string
  tag: 'Auctions' | 'Settlements' | 'Markets' | 'Accounts' | 'Network' | 'Live updates'
  pathParams: Path
  query: Query
  response: Output
  /** Error codes besides those that every endpoint has. */
  errors: readonly ('NOT_FOUND' | 'LIST_NOT_HERE' | 'TOO_MANY_STREAMS' | 'INDEX_NOT_READY')[]
  /** True where the answer is an event stream, and `response` one event's data. */
  streams?: true
  /** Types of an answer that is a file; `response` is then what its JSON form, if there is one, has. */
  files?: readonly string[]
}

/** Keeps the types of an endpoint's schemas. */
export function endpoint<Path extends z.ZodType, Query extends z.ZodType, Output extends z.ZodType>(
  definition: Endpoint<Path, Query, Output>,
): Endpoint<Path, Query, Output> {
  return definition
}
