import type { FeeMarket, Fees } from '../../chain/transactionNode'
import { SubrosaError } from '../../protocol/errors'

/** Nodes take a replacement for a tenth more on both fees; some ask an eighth. */
const BUMP_PER_MILLE = 1125n

/** The market asks more than the keeper may pay. Nothing is sent until it asks less. */
export class FeesAboveCap extends SubrosaError {
  constructor(asked: bigint, cap: bigint) {
    super('TRANSACTION_REVERTED', {
      details: `a block asks ${asked} wei a unit of gas, the keeper pays ${cap} at most`,
    })
  }
}

/**
 * A first attempt's fees: the market's, held to `cap` (wei a unit of gas).
 *
 * @throws FeesAboveCap where `cap` would not get it into the next block.
 */
export function firstFees(market: FeeMarket, cap: bigint): Fees {
  const asked = market.baseFee + market.maxPriorityFeePerGas
  if (asked > cap) throw new FeesAboveCap(asked, cap)
  return { maxFeePerGas: least(market.maxFeePerGas, cap), maxPriorityFeePerGas: market.maxPriorityFeePerGas }
}

/**
 * The fees that replace `previous`: the market's, and at least an eighth more on both.
 *
 * @returns null where `cap` leaves no room for that: the transaction waits as it is.
 */
export function bumpedFees(previous: Fees, market: Fees, cap: bigint): Fees | null {
  const lowest = { maxFee: raised(previous.maxFeePerGas), tip: raised(previous.maxPriorityFeePerGas) }
  if (lowest.maxFee > cap) return null
  const maxFeePerGas = least(most(lowest.maxFee, market.maxFeePerGas), cap)
  const tip = least(most(lowest.tip, market.maxPriorityFeePerGas), maxFeePerGas)
  // Of a tiny fee that is all tip, an eighth more of each may not fit into one another.
  return tip < lowest.tip ? null : { maxFeePerGas, maxPriorityFeePerGas: tip }
}

function raised(fee: bigint): bigint {
  return (fee * BUMP_PER_MILLE + 999n) / 1000n + (fee === 0n ? 1n : 0n)
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)
const most = (a: bigint, b: bigint) => (a > b ? a : b)
