import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'

/** Where a market lives: its chain and the HiddenBook contract. */
export interface BookDomain {
  chainId: bigint
  contract: Address
}

/**
 * Fills of a batch, at most, as the contract is deployed with it: orders beyond are crowded out, so that every settlement
 * fits into a transaction, and making it final too. PROTOCOL.md section 11, step 3.
 */
export const MAX_FILLS = 1_000

/** The same on a Hub, whose blocks take fewer events. */
export const HUB_MAX_FILLS = 500

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
  /** Whose sealing keys orders are sealed to. */
  operator: Address
  /** An order of fewer lots is a bad order; at least 1. */
  minLots: number
  /** Batches after its own in which an order may still trade; at least 1. */
  maxOrderAge: number
}

const PARAMS_LAYOUT = {
  type: 'tuple',
  components: [
    { name: 'base', type: 'address' },
    { name: 'quote', type: 'address' },
    { name: 'tickSize', type: 'uint96' },
    { name: 'lotSize', type: 'uint128' },
    { name: 'batchLength', type: 'uint32' },
    { name: 'feeBps', type: 'uint16' },
    { name: 'bandBps', type: 'uint16' },
    { name: 'batchSettleBy', type: 'uint32' },
    { name: 'challengeWindow', type: 'uint32' },
    { name: 'operator', type: 'address' },
    { name: 'minLots', type: 'uint32' },
    { name: 'maxOrderAge', type: 'uint32' },
  ],
} as const

const ID_LAYOUT = [
  { type: 'uint256' },
  { type: 'address' },
  { type: 'address' },
  { type: 'uint256' },
  PARAMS_LAYOUT,
] as const

/** A market's id, known before the creating transaction. It covers every term. PROTOCOL.md section 11. */
export function marketIdOf(
  { chainId, contract }: BookDomain,
  creator: Address,
  creatorNonce: bigint,
  params: MarketParams,
): Hex {
  return keccak256(encodeAbiParameters(ID_LAYOUT, [chainId, contract, creator, creatorNonce, params]))
}
