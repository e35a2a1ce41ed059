import type { Address, Hex } from 'viem'

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

/** One order's part of a batch: Solidity's `Fill`. */
export type Fill = { leaf: Hex; trader: Address; sell: boolean; lots: number }

/** What an enclave signs for a batch: Solidity's `BatchSettlement`. `price` in ticks per lot. */
export type BatchSettlement = {
  marketId: Hex
  batchId: bigint
  acc: Hex
  count: number
  round: number
  /** Without fills, the last price after the batch: 0 before any trade. */
  price: number
  fillsHash: Hex
  carriedHash: Hex
  proofHash: Hex
}
