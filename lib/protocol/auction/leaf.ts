import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { TAGS } from '../constants'
import type { AuctionsDomain } from './params'

/** A bid as its leaf has it. PROTOCOL.md section 5. */
export interface BidLeaf {
  id: Hex
  /** The bid's place in the order of arrival, cancellations counted too. */
  seq: number
  bidder: Address
  /** Base units of the payment token. */
  collateral: bigint
  /** Ticks that rank the bid above its price, or below it; 0 without a root of points and credits, and none exists yet. */
  points: number
  /** What the bidder's payment is lowered by, in ten-thousandths; 0 likewise. */
  creditBps: number
  x: bigint
  y: bigint
  /** keccak256 of the 257 sealed bytes. */
  sealedHash: Hex
}

/** A cancellation as its leaf has it. PROTOCOL.md section 5. */
export interface CancelLeaf {
  id: Hex
  /** The cancellation's own place in the order of arrival. */
  seq: number
  bidder: Address
  /** The place of the bid it withdraws. */
  cancelledSeq: number
}

const BID_LAYOUT = [
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'uint32' },
  { type: 'address' },
  { type: 'uint128' },
  { type: 'int32' },
  { type: 'uint16' },
  { type: 'uint256' },
  { type: 'uint256' },
  { type: 'bytes32' },
] as const

const CANCEL_LAYOUT = [
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'uint32' },
  { type: 'address' },
  { type: 'uint32' },
] as const

/** The leaf of a bid. PROTOCOL.md section 5. */
export function bidLeaf({ chainId, contract }: AuctionsDomain, bid: BidLeaf): Hex {
  const { id, seq, bidder, collateral, points, creditBps, x, y, sealedHash } = bid
  const place = [TAGS.bid, chainId, contract, id, seq] as const
  const values = [...place, bidder, collateral, points, creditBps, x, y, sealedHash] as const
  return keccak256(encodeAbiParameters(BID_LAYOUT, values))
}

/** The leaf of a cancellation; a replacement is a cancellation and then a bid. PROTOCOL.md section 5. */
export function cancelLeaf({ chainId, contract }: AuctionsDomain, cancellation: CancelLeaf): Hex {
  const { id, seq, bidder, cancelledSeq } = cancellation
  const values = [TAGS.cancel, chainId, contract, id, seq, bidder, cancelledSeq] as const
  return keccak256(encodeAbiParameters(CANCEL_LAYOUT, values))
}
