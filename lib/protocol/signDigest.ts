import { secp256k1 } from '@noble/curves/secp256k1.js'
import type { Hex } from 'viem'
import { bytesToHex, hexToBytes } from 'viem/utils'

/**
 * Signs with a secp256k1 key, by RFC 6979 and nothing else: the same digest and key always give the same bytes. viem's own
 * signing does so only until something in the process calls `setSignEntropy`.
 *
 * @param digest 32 bytes, hex.
 * @param privateKey 32 bytes, hex.
 * @returns 65 bytes, hex: r | s | v, with s at most n/2 and v 27 or 28.
 */
export function signDigest(digest: Hex, privateKey: Hex): Hex {
  const options = { prehash: false, lowS: true, extraEntropy: false, format: 'recovered' } as const
  const signature = secp256k1.sign(hexToBytes(digest), hexToBytes(privateKey), options)
  return bytesToHex(Uint8Array.of(...signature.subarray(1), 27 + (signature[0] ?? 0)))
}
