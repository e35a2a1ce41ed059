import { type ErrorCode, SubrosaError } from '../protocol/errors'
import { outcome, type Disposition, type OutcomeBid } from '../protocol/auction/outcome'
import type { PricingRule } from '../protocol/constants'
import { outcomeRequestSchema, type OutcomeRequest } from './outcomeSchema'
import type { Line } from './readLines'
import { parseStrictJson } from './strictJson'

/** Bytes; half a million bids. */
export const MAX_LINE_LENGTH = 32 * 1024 * 1024

export type OutcomeAnswer =
  | {
      clearingPrice: number | null
      winners: { bidder: string; fill: number; payment: string }[]
      dispositions: Disposition[]
    }
  | { error: { code: ErrorCode; message: string } }

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

function parseRequest(line: Line, rule: PricingRule): OutcomeRequest {
  const result = outcomeRequestSchema(rule).safeParse(parseStrictJson(decode(line)))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new SubrosaError('INVALID_FIELD', { field: fieldOf(issue?.path ?? []), details: issue?.message })
}

/** The bids in order of arrival; a bidder's later bid replaces his earlier one. */
function orderBids(bids: OutcomeRequest['bids']): OutcomeBid[] {
  const last = new Map(bids.map(({ bidder }, seq) => [bidder, seq]))
  return bids.map(({ bidder, price, quantity, collateral }, seq) => ({
    seq,
    bidder,
    collateral,
    state: last.get(bidder) === seq ? 'live' : 'cancelled',
    opening: { price, quantity },
  }))
}

function solve(line: Line, rule: PricingRule): OutcomeAnswer {
  const { supply, reserve, bids } = parseRequest(line, rule)
  const result = outcome({ rule, supply, reserve, tickSize: 1n, bids: orderBids(bids) })
  return {
    clearingPrice: result.clearingPrice,
    winners: result.winners.map(({ bidder, fill, payment }) => ({ bidder, fill, payment: payment.toString() })),
    dispositions: result.dispositions,
  }
}

/** Answers one input line; whatever it holds, the answer is one document. */
export function answerLine(line: Line, rule: PricingRule): OutcomeAnswer {
  try {
    return solve(line, rule)
  } catch (error) {
    const code = error instanceof SubrosaError ? error.code : 'INTERNAL'
    return { error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}
