import { bytesToHex, hexToBytes, keccak256, type Hex } from 'viem'
import type { RawLog } from './connection'

const BYTES = 256

/** The bloom filter that a block with exactly these logs has in its header: Ethereum's Yellow Paper, section 4.3.1. */
export function logsBloom(logs: readonly Pick<RawLog, 'address' | 'topics'>[]): Hex {
  const bloom = new Uint8Array(BYTES)
  for (const { address, topics } of logs) {
    for (const value of [address, ...topics]) {
      for (const bit of bitsOf(value)) bloom[byteOf(bit)] = (bloom[byteOf(bit)] ?? 0) | (1 << (bit & 7))
    }
  }
  return bytesToHex(bloom)
}

/** False: no log in the block has this address or topic. True: one may have. @param bloom Of a block, 256 bytes. */
export function mayContain(bloom: Hex, value: Hex): boolean {
  const bytes = hexToBytes(bloom)
  return bitsOf(value).every((bit) => ((bytes[byteOf(bit)] ?? 0) >> (bit & 7)) & 1)
}

/** Three numbers of eleven bits, from the hash. */
function bitsOf(value: Hex): number[] {
  const digest = hexToBytes(keccak256(value))
  const view = new DataView(digest.buffer, digest.byteOffset)
  return [0, 2, 4].map((at) => view.getUint16(at) & (8 * BYTES - 1))
}

/** Bit 0 is the last byte's lowest. */
function byteOf(bit: number): number {
  return BYTES - 1 - (bit >> 3)
}
