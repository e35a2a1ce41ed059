import { getAddress } from 'viem/utils'
import type { AuctionParams } from '../../lib/protocol/auction/params'
import { formatAmount, type Unit } from '../_format/amount'

type LotParams = Pick<AuctionParams, 'lotKind' | 'lotToken' | 'lotTokenId' | 'lotSize'>

/**
 * Which token a lot is, by what cannot be imitated: kind, number and amount. Never its name or picture.
 * @param lotUnit Of the lot token, where it is an ERC-20 and has answered.
 */
export function lotInWords({ lotKind, lotTokenId, lotSize }: Omit<LotParams, 'lotToken'>, lotUnit?: Unit): string {
  if (lotKind === 0) return `piece number ${lotTokenId}`
  if (lotKind === 1) return `${lotSize} ${lotSize === 1n ? 'copy' : 'copies'} of edition ${lotTokenId}`
  return lotUnit ? formatAmount(lotSize, lotUnit) : `${lotSize} base units`
}

/** The lot with its contract's whole address, for a sentence that someone agrees to. */
export function lotAndContract(lot: LotParams, lotUnit?: Unit): string {
  return `${lotInWords(lot, lotUnit)} of the token contract ${getAddress(lot.lotToken)}`
}
