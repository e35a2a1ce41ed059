import type { z } from 'zod'
import { type ErrorCode, SubrosaError } from '../protocol/errors'
import type { Line } from './readLines'
import { parseStrictJson } from './strictJson'

/** Bytes; half a million bids or orders. */
export const MAX_LINE_LENGTH = 32 * 1024 * 1024

/** What stands in the place of an answer to a line that cannot be read. */
export type LineError = { error: { code: ErrorCode; message: string } }

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(line: Line): string {
  if (line === null) throw new SubrosaError('LINE_TOO_LONG', { details: `more than ${MAX_LINE_LENGTH} bytes` })
  try {
    return utf8.decode(line)
  } catch {
    throw new SubrosaError('INVALID_JSON', { details: 'not UTF-8' })
  }
}

function fieldOf(path: PropertyKey[]): string {
  const field = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return field.replace(/^\./, '') || 'document'
}

/**
 * Reads a line as a JSON document of one shape.
 * @throws SubrosaError LINE_TOO_LONG, INVALID_JSON, INVALID_FIELD.
 */
export function parseLine<Schema extends z.ZodType>(line: Line, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(parseStrictJson(decode(line)))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new SubrosaError('INVALID_FIELD', { field: fieldOf(issue?.path ?? []), details: issue?.message })
}

/** Answers one input line; whatever it holds, the answer is one document. */
export function replyTo<Answer>(solve: () => Answer): Answer | LineError {
  try {
    return solve()
  } catch (error) {
    const code = error instanceof SubrosaError ? error.code : 'INTERNAL'
    return { error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}
