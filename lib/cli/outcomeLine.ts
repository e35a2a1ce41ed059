import { outcome, type Disposition, type OutcomeBid } from '../protocol/auction/outcome'
import type { PricingRule } from '../protocol/constants'
import { parseLine, replyTo, type LineError } from './lineReply'
import { outcomeRequestSchema, type OutcomeRequest } from './outcomeSchema'
import type { Line } from './readLines'

export type OutcomeAnswer =
  | {
      clearingPrice: number | null
      winners: { bidder: string; fill: number; payment: string }[]
      dispositions: Disposition[]
    }
  | LineError

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
  const { supply, reserve, bids } = parseLine(line, outcomeRequestSchema(rule))
  const result = outcome({ rule, supply, reserve, tickSize: 1n, bids: orderBids(bids) })
  return {
    clearingPrice: result.clearingPrice,
    winners: result.winners.map(({ bidder, fill, payment }) => ({ bidder, fill, payment: payment.toString() })),
    dispositions: result.dispositions,
  }
}

/** Answers one input line; whatever it holds, the answer is one document. */
export function answerLine(line: Line, rule: PricingRule): OutcomeAnswer {
  return replyTo(() => solve(line, rule))
}
