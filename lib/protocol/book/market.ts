import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'

/** Where a market lives: its chain and the HiddenBook contract. */
export interface BookDomain {
  chainId: bigint
  contract: Address
}

/**
 * Fills of a batch, at most: an enclave crowds out what is beyond, so that every settlement that it signs fits into a
 * transaction, and making it final too. PROTOCOL.md section 11, step 3.
 */
export const MAX_FILLS = 1_000

/**
 * What a market's traders agree to, immutable: Solidity's `MarketParams`. PROTOCOL.md section 11. The zero address
 * stands for the native coin; times in seconds, fees and band in hundredths of a percent.
 */
export type MarketParams = {
  base: Address
  quote: Address
  /** Base units of `quote` in one tick, per lot. */
  tickSize: bigint
  /** Base units of `base` in one lot. */
  lotSize: bigint
  batchLength: number
  feeBps: number
  bandBps: number
  /** After a batch's end: unsettled then, it is void. */
  batchSettleBy: number
  challengeWindow: number
}

const ID_LAYOUT = [{ type: 'uint256' }, { type: 'address' }, { type: 'address' }, { type: 'uint256' }] as const

/** A market's id, known before the creating transaction. PROTOCOL.md sections 5 and 11. */
export function marketIdOf({ chainId, contract }: BookDomain, creator: Address, creatorNonce: bigint): Hex {
  return keccak256(encodeAbiParameters(ID_LAYOUT, [chainId, contract, creator, creatorNonce]))
}
