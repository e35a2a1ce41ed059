import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { TAGS, ZERO_HASH } from '../constants'
import type { BookDomain } from './market'

/** An order as its leaf has it. PROTOCOL.md section 11. */
export interface OrderLeaf {
  /** The market. */
  id: Hex
  batchId: bigint
  /** The order's place among the batch's leaves, cancellations counted too. */
  seq: number
  trader: Address
  /** The key that it is sealed to. */
  keyId: Hex
  x: bigint
  y: bigint
  /** keccak256 of the 257 sealed bytes. */
  sealedHash: Hex
}

/** A cancellation as its leaf has it. PROTOCOL.md section 11. */
export interface OrderCancelLeaf {
  id: Hex
  /** The batch of the cancellation: from it on, the order does not trade. */
  batchId: bigint
  seq: number
  trader: Address
  /** The order's leaf, since the order may be of an earlier batch. */
  leaf: Hex
}

const ORDER_LAYOUT = [
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'uint64' },
  { type: 'uint32' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'uint256' },
  { type: 'bytes32' },
] as const

const CANCEL_LAYOUT = [
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'uint64' },
  { type: 'uint32' },
  { type: 'address' },
  { type: 'bytes32' },
] as const

/** The leaf of an order, which names it for good. PROTOCOL.md section 11. */
export function orderLeaf({ chainId, contract }: BookDomain, order: OrderLeaf): Hex {
  const { id, batchId, seq, trader, keyId, x, y, sealedHash } = order
  const values = [TAGS.order, chainId, contract, id, batchId, seq, trader, keyId, x, y, sealedHash] as const
  return keccak256(encodeAbiParameters(ORDER_LAYOUT, values))
}

/** The leaf of a trader's `cancelAll`: a cancellation that names no order. PROTOCOL.md section 11. */
export function cancelAllLeaf(domain: BookDomain, cancellation: Omit<OrderCancelLeaf, 'leaf'>): Hex {
  return orderCancelLeaf(domain, { ...cancellation, leaf: ZERO_HASH })
}

/** The leaf of a cancellation. PROTOCOL.md section 11. */
export function orderCancelLeaf({ chainId, contract }: BookDomain, cancellation: OrderCancelLeaf): Hex {
  const { id, batchId, seq, trader, leaf } = cancellation
  const values = [TAGS.cancel, chainId, contract, id, batchId, seq, trader, leaf] as const
  return keccak256(encodeAbiParameters(CANCEL_LAYOUT, values))
}
