import { bytesToHex, hexToBytes } from 'viem/utils'
import type { Hex } from 'viem'
import { assertLength, bigEndian } from '../bytes'
import { PROTOCOL_VERSION } from '../constants'

/** What a sealed blob says. Integers are unsigned: u8, u8, u16, u32 and u32, u32 at the end. PROTOCOL.md section 4. */
export interface BidPlaintext {
  version: number
  kind: number
  flags: number
  price: number
  quantity: number
  /** 32 bytes. */
  rho: Hex
  minFill: number
  expiryBatch: number
}

export type PlaintextFault = 'wrong-length' | 'wrong-version' | 'reserved-bytes'

export type ParsedPlaintext = { ok: true; value: BidPlaintext } | { ok: false; reason: PlaintextFault }

export const PLAINTEXT_LENGTH = 96
const FIELDS_LENGTH = 52

/**
 * The 96 bytes of a plaintext: big-endian fields, then zeros. PROTOCOL.md section 4.
 * Zero prices and the like are encoded as they are: judging them is `judgeOpened`'s part.
 * @throws SubrosaError VALUE_OUT_OF_RANGE, INVALID_LENGTH
 */
export function encodePlaintext(plaintext: BidPlaintext): Uint8Array {
  const { version, kind, flags, price, quantity, rho, minFill, expiryBatch } = plaintext
  const rhoBytes = hexToBytes(rho)
  assertLength(rhoBytes, 32, 'rho')
  const bytes = new Uint8Array(PLAINTEXT_LENGTH)
  bytes.set(bigEndian(version, 1), 0)
  bytes.set(bigEndian(kind, 1), 1)
  bytes.set(bigEndian(flags, 2), 2)
  bytes.set(bigEndian(price, 4), 4)
  bytes.set(bigEndian(quantity, 4), 8)
  bytes.set(rhoBytes, 12)
  bytes.set(bigEndian(minFill, 4), 44)
  bytes.set(bigEndian(expiryBatch, 4), 48)
  return bytes
}

/** Reads a plaintext; a verdict, because its author may be anyone. PROTOCOL.md sections 4 and 6. */
export function parsePlaintext(bytes: Uint8Array): ParsedPlaintext {
  if (bytes.length !== PLAINTEXT_LENGTH) return { ok: false, reason: 'wrong-length' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint8(0) !== PROTOCOL_VERSION) return { ok: false, reason: 'wrong-version' }
  if (bytes.subarray(FIELDS_LENGTH).some((byte) => byte !== 0)) return { ok: false, reason: 'reserved-bytes' }
  return {
    ok: true,
    value: {
      version: view.getUint8(0),
      kind: view.getUint8(1),
      flags: view.getUint16(2),
      price: view.getUint32(4),
      quantity: view.getUint32(8),
      rho: bytesToHex(bytes.subarray(12, 44)),
      minFill: view.getUint32(44),
      expiryBatch: view.getUint32(48),
    },
  }
}
