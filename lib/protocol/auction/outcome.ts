import { isOneLotRule, NO_MARGINAL_SEQ, UINT32_MAX, type PricingRule } from '../constants'
import { SubrosaError } from '../errors'
import { paymentOf } from '../values'

/** What became of a bid, in order of precedence. PROTOCOL.md section 6. */
export type Disposition = 'cancelled' | 'invalid' | 'uncovered' | 'below-reserve' | 'won' | 'lost'

export interface OutcomeBid {
  /** The bid's place in the order of arrival; unique. */
  seq: number
  bidder: string
  /** Base units of the payment token; null where the collateral is enough whatever the bid. */
  collateral: bigint | null
  state: 'live' | 'cancelled'
  /** Ticks per lot and lots; null for a bid that was judged invalid. */
  opening: { price: number; quantity: number } | null
}

export interface OutcomeInput {
  rule: PricingRule
  /** Lots. */
  supply: number
  /** Ticks per lot; 0 for none. */
  reserve: number
  /** Base units of the payment token in one tick. */
  tickSize: bigint
  bids: readonly OutcomeBid[]
  /** The sealed reserve does not open: no sale, every eligible bid is below it. */
  reserveInvalid?: boolean
}

export interface OutcomeWinner {
  seq: number
  bidder: string
  /** Lots. */
  fill: number
  /** Base units of the payment token. */
  payment: bigint
}

export interface Outcome {
  /** Ticks per lot; null if nothing sold. */
  clearingPrice: number | null
  /** Lots. */
  totalFilled: number
  /** The marginal winner's seq if supply ran out, else NO_MARGINAL_SEQ. */
  marginalSeq: number
  /** By seq, the marginal winner last, as a settlement lists them. PROTOCOL.md section 7. */
  winners: OutcomeWinner[]
  /** The first of the lost; null if nobody lost. */
  runnerUpSeq: number | null
  /** One for every bid, in the order given. */
  dispositions: Disposition[]
}

interface Ranked {
  index: number
  seq: number
  price: number
  quantity: number
}

/** The dispositions that depend on the bid alone; undefined for an eligible bid. */
function standing(bid: OutcomeBid, input: OutcomeInput): Disposition | undefined {
  if (bid.state === 'cancelled') return 'cancelled'
  if (bid.opening === null) return 'invalid'
  const { price, quantity } = bid.opening
  if (price === 0 || quantity === 0) return 'invalid'
  if (isOneLotRule(input.rule) && quantity !== 1) return 'invalid'
  if (bid.collateral !== null && paymentOf(price, quantity, input.tickSize) > bid.collateral) return 'uncovered'
  if (input.reserveInvalid === true || price < input.reserve) return 'below-reserve'
  return undefined
}

/** By price descending, then seq ascending. */
function compareRank(a: Ranked, b: Ranked): number {
  return b.price - a.price || a.seq - b.seq
}

function clearingPriceOf(
  input: OutcomeInput,
  marginal: Ranked,
  runnerUp: Ranked | undefined,
  soldOut: boolean,
): number {
  switch (input.rule) {
    case 'FIRST_PRICE':
    case 'PAY_AS_BID':
      return marginal.price
    case 'SECOND_PRICE':
      return runnerUp?.price ?? input.reserve
    case 'UNIFORM_PRICE':
      return soldOut ? marginal.price : input.reserve
  }
}

function assertInput({ rule, supply, reserve }: OutcomeInput): void {
  if (!Number.isInteger(supply) || supply < 1 || supply > UINT32_MAX || (isOneLotRule(rule) && supply !== 1)) {
    throw new SubrosaError('INVALID_PARAMETER', {
      field: 'supply',
      details: `${supply} lots cannot be sold by ${rule}`,
    })
  }
  if (!Number.isInteger(reserve) || reserve < 0 || reserve > UINT32_MAX) {
    throw new SubrosaError('INVALID_PARAMETER', { field: 'reserve', details: 'not a uint32' })
  }
}

/**
 * The outcome of an auction: a pure function of parameters, bids in order and openings. PROTOCOL.md section 6.
 * @throws SubrosaError INVALID_PARAMETER for a supply or reserve that no auction can have.
 */
export function outcome(input: OutcomeInput): Outcome {
  assertInput(input)
  const { bids, supply, tickSize, rule } = input
  const eligible: Ranked[] = []
  const dispositions = bids.map((bid, index): Disposition => {
    const settled = standing(bid, input)
    if (settled !== undefined) return settled
    const { price, quantity } = bid.opening as { price: number; quantity: number }
    eligible.push({ index, seq: bid.seq, price, quantity })
    return 'lost'
  })
  eligible.sort(compareRank)

  let totalFilled = 0
  const filled: (Ranked & { fill: number })[] = []
  for (const bid of eligible) {
    if (totalFilled === supply) break
    const fill = Math.min(bid.quantity, supply - totalFilled)
    totalFilled += fill
    filled.push({ ...bid, fill })
    dispositions[bid.index] = 'won'
  }

  const runnerUp = eligible[filled.length]
  const marginal = filled.pop()
  if (marginal === undefined) {
    return {
      clearingPrice: null,
      totalFilled: 0,
      marginalSeq: NO_MARGINAL_SEQ,
      winners: [],
      runnerUpSeq: null,
      dispositions,
    }
  }
  const soldOut = totalFilled === supply
  const clearingPrice = clearingPriceOf(input, marginal, runnerUp, soldOut)
  filled.sort((a, b) => a.seq - b.seq).push(marginal)
  return {
    clearingPrice,
    totalFilled,
    marginalSeq: soldOut ? marginal.seq : NO_MARGINAL_SEQ,
    winners: filled.map(({ index, seq, price, fill }) => ({
      seq,
      bidder: (bids[index] as OutcomeBid).bidder,
      fill,
      payment: paymentOf(rule === 'PAY_AS_BID' ? price : clearingPrice, fill, tickSize),
    })),
    runnerUpSeq: runnerUp?.seq ?? null,
    dispositions,
  }
}
