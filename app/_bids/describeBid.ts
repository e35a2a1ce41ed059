import type { AuctionParams } from '../../lib/protocol/auction/params'
import { formatAmount, type Unit } from '../_format/amount'
import { formatTime } from '../_format/time'
import { lotAndContract } from '../_lot/lotInWords'
import { RULES } from '../auctions/rules'
import { PRICING_RULES } from '../../lib/protocol/constants'
import type { BidDraft } from './bidDraft'
import { inferredFloor, isUniform } from './collateral'
import type { Funding } from '../_funding/useFunding'

type Circumstances = {
  replacing: boolean
  /** Whether the wallet has yet to sign for the key that reads the bid. */
  signs: boolean
  /** Why the bid needs a receipt, where the wallet cannot read it again. */
  receipt?: string | null
  lotUnit?: Unit | undefined
  funding?: Funding
}

type Draft = Extract<BidDraft, { ok: true }>

/** What a bid is and locks, and what it will ask of the wallet, a sentence each: what matters most first. */
export function describeBid(
  draft: Draft,
  params: AuctionParams,
  unit: Unit,
  { replacing, signs, receipt, lotUnit, funding = 'approve' }: Circumstances,
): string[] {
  const { deposit, collateral, amount } = draft
  const rule = PRICING_RULES[params.rule]
  const lines = [
    `Place a sealed bid of at most ${formatAmount(amount, unit)}. ${rule ? RULES[rule].youPay : ''}`,
    `Lock ${formatAmount(collateral, unit)} until ${describeUnlock(params)}. If you lose, all of it comes back.`,
    `Bid for ${lotAndContract(params, lotUnit)}. Anyone can make a token with any name and picture: the address counts.`,
  ]
  if (replacing)
    lines.push('Withdraw your earlier bid. Its place in the order of arrival is lost; ties go to the earlier.')
  if (signs)
    lines.push('Sign a message twice, at no cost: it makes the key that reads your own bid again on any device.')
  if (receipt) lines.push(receipt)
  if (draft.approve) lines.push(describeFunding(funding, formatAmount(deposit, unit)))
  if (deposit > 0n) lines.push(`Send ${formatAmount(deposit, unit)} from your wallet to the contract.`)
  return lines
}

function describeFunding(funding: Funding, amount: string): string {
  switch (funding) {
    case 'batch':
      return `Allow the auction contract to take ${amount}, and no more: in the same confirmation as the bid.`
    case 'permit':
      return `Sign, at no cost, that the auction contract may take ${amount}, and no more. It goes along with the bid; a wallet that cannot sign it is asked to send an approval instead.`
    case 'approve':
      return `Allow the auction contract to take ${amount}, and no more.`
  }
}

/** When locked collateral is free again, at the latest. */
export function describeUnlock(params: Pick<AuctionParams, 'settleBy' | 'challengeWindow'>): string {
  const latest = Number(params.settleBy) + params.challengeWindow
  return `the result is final (at the latest ${formatTime(latest)}) or you withdraw the bid before the close`
}

/** What everyone learns from a bid being placed, and what later. PROTOCOL.md section 13. */
export function describeLeaks(params: AuctionParams, collateral: bigint, unit: Unit): string {
  const locked = isUniform(params)
    ? 'Everyone locks the same, so the amount tells nothing.'
    : `You lock ${formatAmount(collateral, unit)}. ${describeInference(params, collateral, unit)}`
  const later =
    params.rule === PRICING_RULES.indexOf('FIRST_PRICE')
      ? 'If you win, your price becomes public at the settlement.'
      : 'If you come second, your price becomes public at the settlement: it is what the winner pays.'
  return `Your address, the time, and that you bid. ${locked} Your price goes to the enclave only. ${later}`
}

/** Between what limits others will take a bid to be, from the amount that its bidder chose to lock. */
export function describeInference(params: Pick<AuctionParams, 'collateral'>, collateral: bigint, unit: Unit): string {
  const most = formatAmount(collateral, unit)
  const floor = inferredFloor(collateral, params.collateral)
  if (floor === null) return `Others see from it that your bid is at most ${most}.`
  return `Others see from it that your bid is at most ${most}, and will guess that it is more than ${formatAmount(floor, unit)}, for which less would have done. A larger amount says less.`
}
