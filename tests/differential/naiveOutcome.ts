// A second reading of PROTOCOL.md section 6, kept as slow and as literal as the text: lots are sold one at a time, each
// to the best bid that still wants one. It shares nothing with lib/protocol, types included.

export interface NaiveBid {
  bidder: string
  price: number
  quantity: number
  collateral: number | null
  cancelled: boolean
  /** What the enclave could not read or had to refuse. */
  spoiled: boolean
}

export interface NaiveAuction {
  rule: 'FIRST_PRICE' | 'SECOND_PRICE' | 'UNIFORM_PRICE' | 'PAY_AS_BID'
  supply: number
  reserve: number
  tickSize: number
  bids: NaiveBid[]
}

export interface NaiveResult {
  clearingPrice: number | null
  marginal: number | null
  /** Lots by bid. */
  fills: number[]
  /** Base units by bid. */
  payments: bigint[]
  dispositions: string[]
  /** The bid that just missed, or null. */
  runnerUp: number | null
}

/** Which of two bids comes first: the higher price, then the earlier. */
function precedes(bids: NaiveBid[], a: number, b: number): boolean {
  const left = bids[a] as NaiveBid
  const right = bids[b] as NaiveBid
  return left.price > right.price || (left.price === right.price && a < b)
}

function bestOf(bids: NaiveBid[], candidates: number[]): number | null {
  let best: number | null = null
  for (const candidate of candidates) if (best === null || precedes(bids, candidate, best)) best = candidate
  return best
}

export function naiveOutcome({ rule, supply, reserve, tickSize, bids }: NaiveAuction): NaiveResult {
  const sellsOneLot = rule === 'FIRST_PRICE' || rule === 'SECOND_PRICE'
  const dispositions = bids.map((bid): string => {
    if (bid.cancelled) return 'cancelled'
    if (bid.spoiled) return 'invalid'
    if (bid.price < 1 || bid.quantity < 1) return 'invalid'
    if (sellsOneLot && bid.quantity > 1) return 'invalid'
    const cost = BigInt(bid.price) * BigInt(bid.quantity) * BigInt(tickSize)
    if (bid.collateral !== null && cost > BigInt(bid.collateral)) return 'uncovered'
    if (bid.price < reserve) return 'below-reserve'
    return 'eligible'
  })
  const eligible = bids.map((_, index) => index).filter((index) => dispositions[index] === 'eligible')

  const fills = bids.map(() => 0)
  let marginal: number | null = null
  for (let lot = 0; lot < supply; lot++) {
    const hungry = eligible.filter((index) => (fills[index] as number) < (bids[index] as NaiveBid).quantity)
    const next = bestOf(bids, hungry)
    if (next === null) break
    fills[next] = (fills[next] as number) + 1
    marginal = next
  }
  const sold = fills.reduce((sum, fill) => sum + fill, 0)
  const losers = eligible.filter((index) => fills[index] === 0)
  for (const index of eligible) dispositions[index] = fills[index] === 0 ? 'lost' : 'won'
  const runnerUp = bestOf(bids, losers)

  let clearingPrice: number | null = null
  if (marginal !== null) {
    const marginalPrice = (bids[marginal] as NaiveBid).price
    if (rule === 'FIRST_PRICE') clearingPrice = marginalPrice
    if (rule === 'SECOND_PRICE') clearingPrice = runnerUp === null ? reserve : (bids[runnerUp] as NaiveBid).price
    if (rule === 'UNIFORM_PRICE') clearingPrice = sold === supply ? marginalPrice : reserve
    if (rule === 'PAY_AS_BID') clearingPrice = marginalPrice
  }
  const payments = bids.map((bid, index) => {
    const each = rule === 'PAY_AS_BID' ? bid.price : (clearingPrice ?? 0)
    return BigInt(each) * BigInt(fills[index] as number) * BigInt(tickSize)
  })
  return { clearingPrice, marginal, fills, payments, dispositions, runnerUp }
}
