import { encodeAbiParameters, hexToBytes, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'
import type { AuctionParams, AuctionsDomain } from '../auction/params'
import type { AuctionSettlement } from '../auction/settlement'
import { KIND, ZERO_HASH, pricingRuleIndex } from '../constants'
import type { SealContext } from '../sealing/context'
import type { Row } from './rows'

/** What every statement of a settlement's bundle is about. Plain data, so that workers can be given it. */
export interface ProofContext {
  domain: AuctionsDomain
  params: AuctionParams
  /** `proofHash` plays no part. */
  settlement: AuctionSettlement
  /** The uncompressed P-256 key behind `params.keyId`, 65 bytes. */
  sealingKey: Hex
  /** Null where nothing was sold. */
  winnerSeq: number | null
  /** SECOND_PRICE: whose bid the price is; null where nobody lost, and in FIRST_PRICE. */
  runnerUpSeq: number | null
}

/** A bid as the chain shows it. */
export interface ProvenBid {
  seq: number
  bidder: Address
  /** Base units of the payment token. */
  collateral: bigint
  x: bigint
  y: bigint
  /** 257 bytes. */
  sealed: Hex
}

const EXTRA_COMMIT_LAYOUT = [
  { type: 'string' },
  { type: 'uint256' },
  { type: 'address' },
  {
    type: 'tuple',
    components: [
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
  },
  { type: 'uint32' },
  { type: 'uint8' },
] as const

/**
 * What ties a proof to its place: keccak256 of the ABI encoding of (`subrosa/v1/proof`, chainId, contract, the
 * settlement with proofHash 0, seq, row), 32 bytes. A proof that is moved to another auction, settlement, bid or row is
 * no proof any more. The clearing price, the bids (`acc`) and the winners are in the settlement, the terms in its
 * paramsHash. PROTOCOL.md section 8.
 */
export function extraCommitOf({ domain, settlement }: ProofContext, seq: number, row: Row): Uint8Array {
  const unproven = { ...settlement, proofHash: ZERO_HASH }
  const values = ['subrosa/v1/proof', domain.chainId, domain.contract, unproven, seq, row] as const
  return hexToBytes(keccak256(encodeAbiParameters(EXTRA_COMMIT_LAYOUT, values)))
}

/** What the bids of this auction are sealed for. PROTOCOL.md section 4. */
export function sealContextOf({ domain, params, settlement }: ProofContext): SealContext {
  const { keyId, closesAt } = params
  return { ...domain, keyId, kind: KIND.auction, id: settlement.id, closesAt }
}

/** Whether the winner pays his own bid; if not, the runner-up's. */
export function isFirstPrice({ rule }: Pick<AuctionParams, 'rule'>): boolean {
  return rule === pricingRuleIndex('FIRST_PRICE')
}
