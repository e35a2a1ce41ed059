import { hashTypedData, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { EIP712_DOMAIN } from '../constants'
import { encodeRows } from './encodeRows'
import type { BookDomain } from './market'

/** One order's part of a batch: Solidity's `Fill`. PROTOCOL.md section 11. */
export type Fill = { leaf: Hex; trader: Address; sell: boolean; lots: number }

/** What an enclave signs for a batch: Solidity's `BatchSettlement`. `price` in ticks per lot. PROTOCOL.md section 11. */
export type BatchSettlement = {
  marketId: Hex
  batchId: bigint
  acc: Hex
  count: number
  /** 1, and one more for each strike in the market. */
  round: number
  /** Without fills, the last price after the batch: 0 before any trade. */
  price: number
  fillsHash: Hex
  /** `carriedHash` of what became of every order. */
  carriedHash: Hex
  /** 0: version 1 markets have no bundle. */
  proofHash: Hex
}

const TYPES = {
  BatchSettlement: [
    { name: 'marketId', type: 'bytes32' },
    { name: 'batchId', type: 'uint64' },
    { name: 'acc', type: 'bytes32' },
    { name: 'count', type: 'uint32' },
    { name: 'round', type: 'uint32' },
    { name: 'price', type: 'uint32' },
    { name: 'fillsHash', type: 'bytes32' },
    { name: 'carriedHash', type: 'bytes32' },
    { name: 'proofHash', type: 'bytes32' },
  ],
} as const

/** keccak256(abi.encode(Fill[])). The contract takes fills in ascending order of their leaves only: `byLeaf`. */
export function fillsHash(fills: readonly Fill[]): Hex {
  return keccak256(
    encodeRows(
      fills.map(({ leaf, trader, sell, lots }) => [leaf, trader, sell ? 1 : 0, lots]),
      4,
    ),
  )
}

/** The order of fills, as the contract compares leaves. */
export function byLeaf(a: { leaf: Hex }, b: { leaf: Hex }): number {
  const [first, second] = [a.leaf.toLowerCase(), b.leaf.toLowerCase()]
  return first < second ? -1 : first > second ? 1 : 0
}

/** The EIP-712 typed data of a settlement, as viem's signers take it. PROTOCOL.md section 11. */
export function batchSettlementTypedData({ chainId, contract }: BookDomain, settlement: BatchSettlement) {
  return {
    domain: { ...EIP712_DOMAIN, chainId, verifyingContract: contract },
    types: TYPES,
    primaryType: 'BatchSettlement',
    message: settlement,
  } as const
}

/** The EIP-712 digest of a settlement, equal to the contract's `hashSettlement`. */
export function hashBatchSettlement(domain: BookDomain, settlement: BatchSettlement): Hex {
  return hashTypedData(batchSettlementTypedData(domain, settlement))
}
