import type { AuctionParams } from '../../lib/protocol/auction/params'
import { zeroAddress } from 'viem'
import type { Funds } from '../_data/useFunds'
import { formatAmount, parsePrice, type Unit } from '../_format/amount'
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
  const price = parsePrice(text, params.tickSize, unit)
  if (!price.ok) return { ok: false, field: 'price', reason: price.reason }
  const { ticks, amount } = price
  if (ticks < params.reserve) {
    const reserve = formatAmount(BigInt(params.reserve) * params.tickSize, unit)
    return { ok: false, field: 'price', reason: `The reserve is ${reserve}: a lower bid cannot win.` }
  }
  const uniform = isUniform(params)
  if (uniform && amount > params.collateral) {
    const most = formatAmount(params.collateral, unit)
    return { ok: false, field: 'price', reason: `Every bid locks ${most} here, so no bid can be higher than that.` }
  }
  const tiers = uniform ? [params.collateral] : collateralTiers(amount, params.collateral)
  const collateral = tiers.find((candidate) => candidate === tier) ?? tiers[0] ?? amount
  const deposit = depositFor(collateral, funds.vault, replaced)
  if (deposit > funds.wallet) {
    const short = formatAmount(deposit - funds.wallet, unit)
    return { ok: false, field: 'collateral', reason: `Your wallet lacks ${short} of what the bid must lock.` }
  }
  const approve = params.paymentToken !== zeroAddress && deposit > funds.allowance
  return { ok: true, price: ticks, amount, collateral, tiers, deposit, approve }
}
