import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { TAGS } from '../constants'

/** Everything a bidder agrees to, as Solidity has it. PROTOCOL.md section 5. */
export interface AuctionParams {
  /** Index into `PRICING_RULES`. */
  rule: number
  /** 0 ERC-721, 1 ERC-1155, 2 ERC-20. */
  lotKind: number
  lotToken: Address
  lotTokenId: bigint
  /** Base units of the lot token in one lot. */
  lotSize: bigint
  /** Lots. */
  supply: number
  /** The zero address is the chain's native coin. */
  paymentToken: Address
  /** Base units of the payment token in one tick; below 2^96. */
  tickSize: bigint
  /** Ticks per lot; 0 for none. */
  reserve: number
  sealedReserve: Hex
  /** 0 UNIFORM, 1 CHOSEN. */
  collateralPolicy: number
  /** Base units: what every bid locks (UNIFORM), or the least (CHOSEN). */
  collateral: bigint
  maxBids: number
  bidsPerAddress: number
  allowListRoot: Hex
  keyId: Hex
  /** Unix seconds. */
  closesAt: bigint
  /** Unix seconds. */
  settleBy: bigint
  /** Seconds. */
  challengeWindow: number
  /** 0 REFUND, 1 REVEAL. */
  noSettlement: number
  /** Seconds. */
  revealWindow: number
}

/** The ABI layout of `AuctionParams`, field for field. */
export const AUCTION_PARAMS_LAYOUT = [
  { name: 'rule', type: 'uint8' },
  { name: 'lotKind', type: 'uint8' },
  { name: 'lotToken', type: 'address' },
  { name: 'lotTokenId', type: 'uint256' },
  { name: 'lotSize', type: 'uint256' },
  { name: 'supply', type: 'uint32' },
  { name: 'paymentToken', type: 'address' },
  { name: 'tickSize', type: 'uint96' },
  { name: 'reserve', type: 'uint32' },
  { name: 'sealedReserve', type: 'bytes32' },
  { name: 'collateralPolicy', type: 'uint8' },
  { name: 'collateral', type: 'uint128' },
  { name: 'maxBids', type: 'uint32' },
  { name: 'bidsPerAddress', type: 'uint16' },
  { name: 'allowListRoot', type: 'bytes32' },
  { name: 'keyId', type: 'bytes32' },
  { name: 'closesAt', type: 'uint64' },
  { name: 'settleBy', type: 'uint64' },
  { name: 'challengeWindow', type: 'uint32' },
  { name: 'noSettlement', type: 'uint8' },
  { name: 'revealWindow', type: 'uint32' },
] as const

const ID_LAYOUT = [{ type: 'uint256' }, { type: 'address' }, { type: 'address' }, { type: 'uint256' }] as const

const HASH_LAYOUT = [
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'tuple', components: AUCTION_PARAMS_LAYOUT },
] as const

/** Where an auction lives: its chain and the SealedAuctions contract. */
export interface AuctionsDomain {
  chainId: bigint
  contract: Address
}

/** An auction's id, known before the creating transaction. PROTOCOL.md section 5. */
export function auctionIdOf({ chainId, contract }: AuctionsDomain, seller: Address, sellerNonce: bigint): Hex {
  return keccak256(encodeAbiParameters(ID_LAYOUT, [chainId, contract, seller, sellerNonce]))
}

/** The hash that bids and settlements name, so that the terms cannot be swapped. PROTOCOL.md section 5. */
export function hashParams({ chainId, contract }: AuctionsDomain, id: Hex, params: AuctionParams): Hex {
  return keccak256(encodeAbiParameters(HASH_LAYOUT, [TAGS.params, chainId, contract, id, params]))
}
