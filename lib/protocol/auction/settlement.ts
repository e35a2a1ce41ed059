import { hashTypedData } from 'viem/utils'
import type { Hex } from 'viem'
import { EIP712_DOMAIN } from '../constants'
import type { AuctionsDomain } from './params'

/** What an enclave signs. PROTOCOL.md section 7. */
export interface AuctionSettlement {
  id: Hex
  paramsHash: Hex
  acc: Hex
  count: number
  /** Starts at 1; one more for every struck settlement. */
  round: number
  /** Ticks per lot. */
  reserve: number
  reserveInvalid: boolean
  /** Ticks per lot; NO_SALE_PRICE if nothing sold. */
  clearingPrice: number
  /** Lots. */
  totalFilled: number
  winnersHash: Hex
  /** keccak256 of the proof bundle; 0 for none. */
  proofHash: Hex
}

/**
 * The price of a settlement in ticks; null if nothing was sold. How much was sold decides: NO_SALE_PRICE is also a
 * price that somebody may bid.
 */
export function salePriceOf(settled: Pick<AuctionSettlement, 'clearingPrice' | 'totalFilled'>): number | null {
  return settled.totalFilled === 0 ? null : settled.clearingPrice
}

const TYPES = {
  AuctionSettlement: [
    { name: 'id', type: 'bytes32' },
    { name: 'paramsHash', type: 'bytes32' },
    { name: 'acc', type: 'bytes32' },
    { name: 'count', type: 'uint32' },
    { name: 'round', type: 'uint32' },
    { name: 'reserve', type: 'uint32' },
    { name: 'reserveInvalid', type: 'bool' },
    { name: 'clearingPrice', type: 'uint32' },
    { name: 'totalFilled', type: 'uint32' },
    { name: 'winnersHash', type: 'bytes32' },
    { name: 'proofHash', type: 'bytes32' },
  ],
} as const

/** The EIP-712 typed data of a settlement, as viem's signers take it. PROTOCOL.md section 7. */
export function settlementTypedData({ chainId, contract }: AuctionsDomain, settlement: AuctionSettlement) {
  return {
    domain: { ...EIP712_DOMAIN, chainId, verifyingContract: contract },
    types: TYPES,
    primaryType: 'AuctionSettlement',
    message: settlement,
  } as const
}

/** The EIP-712 digest of a settlement, equal to the contract's `hashSettlement`. */
export function hashSettlement(domain: AuctionsDomain, settlement: AuctionSettlement): Hex {
  return hashTypedData(settlementTypedData(domain, settlement))
}
