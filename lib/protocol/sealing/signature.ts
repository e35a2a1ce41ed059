import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hexToBigInt, isHex, size, slice } from 'viem/utils'
import type { Hex } from 'viem'
import { SubrosaError } from '../errors'

const N = secp256k1.Point.Fn.ORDER
const COMPACT_PARITY_BIT = 1n << 255n

/**
 * The (r, low s) of a wallet's ECDSA signature: the same whichever of the equivalent encodings a wallet answers with,
 * 65 bytes (r, s, v) or 64 (EIP-2098, where the top bit of s is the parity). PROTOCOL.md section 4.
 * Two requests for the same message that give different pairs come from a wallet that cannot recover its bids.
 * @throws SubrosaError INVALID_SIGNATURE, contract-wallet signatures included.
 */
export function normaliseSignature(signature: Hex): { r: bigint; s: bigint } {
  const length = isHex(signature) ? size(signature) : 0
  if (length !== 64 && length !== 65) throw new SubrosaError('INVALID_SIGNATURE')
  const r = hexToBigInt(slice(signature, 0, 32))
  const word = hexToBigInt(slice(signature, 32, 64))
  const s = length === 64 ? word & (COMPACT_PARITY_BIT - 1n) : word
  if (r === 0n || r >= N || s === 0n || s >= N) throw new SubrosaError('INVALID_SIGNATURE')
  return { r, s: s > N / 2n ? N - s : s }
}

/** Whether two signatures are the same (r, low s). */
export function isSameSignature(a: Hex, b: Hex): boolean {
  const first = normaliseSignature(a)
  const second = normaliseSignature(b)
  return first.r === second.r && first.s === second.s
}
