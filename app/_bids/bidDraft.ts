import type { AuctionParams } from '../../lib/protocol/auction/params'
import { zeroAddress } from 'viem'
import type { Funds } from '../_data/useFunds'
import { formatAmount, type Unit } from '../_format/amount'
import { MOST_TICKS, parsePrice, type PriceBounds } from '../_format/parsePrice'
import { collateralTiers, depositFor, isUniform } from './collateral'

export type BidDraft =
  | { ok: false; field: 'price' | 'collateral'; reason: string }
  | { ok: true; price: number; amount: bigint; collateral: bigint; tiers: bigint[]; deposit: bigint; approve: boolean }

type Inputs = {
  text: string
  /** Chosen tier, where bidders choose and one was picked. */
  tier: bigint | null
  params: AuctionParams
  unit: Unit
  funds: Funds
  /** Collateral of the bid that this one replaces. */
  replaced: bigint
}

/** Turns what a person typed into a bid, or says what is wrong with it. All amounts in base units. */
export function draftBid({ text, tier, params, unit, funds, replaced }: Inputs): BidDraft {
  const price = parsePrice(text, params.tickSize, unit, priceBounds(params, unit))
  if (!price.ok) return { ok: false, field: 'price', reason: price.reason }
  const { ticks, amount } = price
  const tiers = isUniform(params) ? [params.collateral] : collateralTiers(amount, params.collateral)
  const collateral = tiers.find((candidate) => candidate === tier) ?? tiers[0] ?? amount
  const deposit = depositFor(collateral, funds.vault, replaced)
  if (deposit > funds.wallet) {
    const short = formatAmount(deposit - funds.wallet, unit)
    return { ok: false, field: 'collateral', reason: `Your wallet lacks ${short} of what the bid must lock.` }
  }
  const approve = params.paymentToken !== zeroAddress && deposit > funds.allowance
  return { ok: true, price: ticks, amount, collateral, tiers, deposit, approve }
}

/** Between the reserve and what every bid locks, where the auction has them. */
function priceBounds({ reserve, tickSize, collateral, collateralPolicy }: AuctionParams, unit: Unit): PriceBounds {
  const least = BigInt(reserve) * tickSize
  const most = collateral - (collateral % tickSize)
  const locked = formatAmount(collateral, unit)
  const highest = most === collateral ? 'that' : formatAmount(most, unit)
  return {
    least:
      reserve > 0
        ? { amount: least, reason: `The reserve is ${formatAmount(least, unit)}: a lower bid cannot win.` }
        : undefined,
    // With more ticks in it than a price can have, what is locked bounds nothing.
    most:
      isUniform({ collateralPolicy }) && most / tickSize <= MOST_TICKS
        ? { amount: most, reason: `Every bid locks ${locked} here, so no bid can be higher than ${highest}.` }
        : undefined,
  }
}
