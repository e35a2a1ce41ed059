import { bytesToHex, encodeAbiParameters, hexToBytes, keccak256 } from 'viem/utils'
import type { Address, Hex } from 'viem'

/** Where a blob is sealed for: moving it anywhere else makes it unreadable. PROTOCOL.md section 4. */
export interface SealContext {
  keyId: Hex
  chainId: bigint
  contract: Address
  /** One of `KIND`. */
  kind: number
  id: Hex
  /** Unix seconds; 0 for a market. */
  closesAt: bigint
}

/** Whom a blob is sealed by, and with which commitment. PROTOCOL.md section 4. */
export interface SealParties {
  trader: Address
  x: bigint
  y: bigint
  /** 16 bytes. */
  salt: Uint8Array
}

const INFO_LAYOUT = [
  { type: 'string' },
  { type: 'bytes32' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'uint8' },
  { type: 'bytes32' },
  { type: 'uint64' },
] as const

const AAD_LAYOUT = [{ type: 'address' }, { type: 'uint256' }, { type: 'uint256' }, { type: 'bytes16' }] as const

/** HPKE's `info`: the ABI encoding of (`subrosa/v1/seal`, the context). PROTOCOL.md section 4. */
export function encodeInfo(context: SealContext): Uint8Array {
  const { keyId, chainId, contract, kind, id, closesAt } = context
  const values = ['subrosa/v1/seal', keyId, chainId, contract, kind, id, closesAt] as const
  return hexToBytes(encodeAbiParameters(INFO_LAYOUT, values))
}

/** HPKE's `aad`: the ABI encoding of (trader, x, y, salt). PROTOCOL.md section 4. */
export function encodeAad({ trader, x, y, salt }: SealParties): Uint8Array {
  return hexToBytes(encodeAbiParameters(AAD_LAYOUT, [trader, x, y, bytesToHex(salt)]))
}

/** keccak256 of an uncompressed sealing key, 65 bytes. PROTOCOL.md section 4. */
export function keyIdOf(publicKey: Uint8Array | Hex): Hex {
  return keccak256(publicKey)
}
