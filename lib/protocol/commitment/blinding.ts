import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { TAGS } from '../constants'
import { N } from './generator'

/** Everything an opening is bound to. PROTOCOL.md section 3. */
export interface BlindingInput {
  chainId: bigint
  contract: Address
  kind: number
  id: Hex
  trader: Address
  flags: number
  minFill: number
  expiryBatch: number
  /** 32 random bytes. */
  rho: Hex
}

const LAYOUT = [
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'uint8' },
  { type: 'bytes32' },
  { type: 'address' },
  { type: 'uint16' },
  { type: 'uint32' },
  { type: 'uint32' },
  { type: 'bytes32' },
] as const

/**
 * The blinding `keccak256(abi.encode(OPEN, …, rho)) mod n`: a commitment copied or shifted by someone else has no
 * opening under his name. PROTOCOL.md section 3.
 */
export function deriveBlinding(input: BlindingInput): bigint {
  const { chainId, contract, kind, id, trader, flags, minFill, expiryBatch, rho } = input
  const encoded = encodeAbiParameters(LAYOUT, [
    TAGS.open,
    chainId,
    contract,
    kind,
    id,
    trader,
    flags,
    minFill,
    expiryBatch,
    rho,
  ])
  return BigInt(keccak256(encoded)) % N
}
