import type { AuctionParams } from '../../../lib/protocol/auction/params'
import { formatAmount, type Unit } from '../../_format/amount'
import { formatSpan, formatTime } from '../../_format/time'
import { lotAndContract } from '../../_lot/lotInWords'
import { RULES } from '../rules'

/** What opening an auction does, one sentence a step. */
export function describeAuction(params: AuctionParams, unit: Unit, lotUnit: Unit | undefined): string[] {
  const { reserve, tickSize, collateral } = params
  const least = reserve === 0 ? 'any price' : `at least ${formatAmount(BigInt(reserve) * tickSize, unit)}`
  const locks = formatAmount(collateral, unit)
  return [
    `Allow the contract to take ${lotAndContract(params, lotUnit)}${params.lotKind === 1 ? ' (this standard allows all copies or none)' : ''}.`,
    `Hand it to the contract until it is sold, or goes back to you.`,
    `Take sealed bids until ${formatTime(Number(params.closesAt))}, for ${least}. ${RULES[params.rule === 0 ? 'FIRST_PRICE' : 'SECOND_PRICE'].pays}`,
    params.collateralPolicy === 0
      ? `Every bid locks ${locks}.`
      : `Every bid locks at least ${locks}, as its bidder chooses.`,
    `Refund everyone if nobody settles by ${formatTime(Number(params.settleBy))}.`,
    `Pay out ${formatSpan(params.challengeWindow)} after the settlement.`,
  ]
}
