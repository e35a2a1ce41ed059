import { isFirstPrice, type ProofContext, type ProvenBid } from './context'
import type { RangeStatement } from './rangeStatement'
import { ROW, type Row } from './rows'

const TICKS = 1n << 32n

/** How many whole ticks a bid's collateral pays for one lot. */
function coveredTicks({ params }: ProofContext, { collateral }: ProvenBid): bigint {
  return collateral / params.tickSize
}

/**
 * Whether the winner's collateral needs a proof: one that covers any price there is needs none. PROTOCOL.md section 8.
 */
export function needsCoverage(context: ProofContext, winner: ProvenBid): boolean {
  return coveredTicks(context, winner) < TICKS
}

/**
 * The highest price that a bid may have and still rank behind whoever it has to rank behind: the winner in
 * FIRST_PRICE, the runner-up in SECOND_PRICE. Both are opened at the clearing price. Ties go to the earlier bid, so one
 * that came before needs a lower price.
 */
function highestLosingPrice({ settlement, params, winnerSeq, runnerUpSeq }: ProofContext, seq: number): bigint {
  const openedSeq = isFirstPrice(params) ? winnerSeq : runnerUpSeq
  const price = BigInt(settlement.clearingPrice)
  return openedSeq !== null && seq < openedSeq ? price - 1n : price
}

/** The least price that outranks the runner-up: his, or one more where he came first. */
function leastWinningPrice({ settlement, runnerUpSeq }: ProofContext, seq: number): bigint {
  const price = BigInt(settlement.clearingPrice)
  return runnerUpSeq !== null && runnerUpSeq < seq ? price + 1n : price
}

/**
 * What a range proof in this row of this bid has to show; null for the rows that show a blob.
 *
 * SECOND_PRICE has no proof for each pair of winner and earlier lost bid, as section 8's table has it: that the others
 * rank behind the runner-up and he behind the winner shows the same and who the runner-up is besides, with one proof a
 * bid. docs/proofs.md, "Why these rows force the outcome".
 */
export function rangeStatementOf(context: ProofContext, bid: ProvenBid, row: Row): RangeStatement | null {
  switch (row) {
    case ROW.wonPrice:
      return { bits: 32, of: 'price', sign: 1, offset: -leastWinningPrice(context, bid.seq) }
    case ROW.wonCovered:
      return { bits: 32, of: 'price', sign: -1, offset: coveredTicks(context, bid) }
    case ROW.lost:
      return { bits: 32, of: 'price', sign: -1, offset: highestLosingPrice(context, bid.seq) }
    case ROW.belowReserve:
      return { bits: 64, of: 'value', sign: -1, offset: BigInt(context.settlement.reserve) * TICKS - 1n }
    case ROW.uncovered:
      return { bits: 32, of: 'price', sign: 1, offset: -(coveredTicks(context, bid) + 1n) }
    default:
      return null
  }
}

/**
 * The rows that a live bid whose blob passes the public checks must have, any one of these lists: the winner's and
 * the runner-up's are known from the chain; of every other bid the enclave says which, and proves it.
 */
export function admissibleRows(context: ProofContext, bid: ProvenBid): Row[][] {
  const { params, winnerSeq, runnerUpSeq } = context
  const isFirst = isFirstPrice(params)
  if (bid.seq === winnerSeq) {
    if (isFirst) return [[ROW.wonOpened]]
    return [needsCoverage(context, bid) ? [ROW.wonPrice, ROW.wonCovered] : [ROW.wonPrice]]
  }
  if (bid.seq === runnerUpSeq) return [[ROW.runnerUp]]
  // Where the lot went unsold, or nobody came second, nobody can have been beaten.
  const canLose = isFirst ? winnerSeq !== null : runnerUpSeq !== null
  return [...(canLose ? [[ROW.lost]] : []), [ROW.belowReserve], [ROW.uncovered], [ROW.invalid]]
}
