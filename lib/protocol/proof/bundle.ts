import { bytesToHex, concatBytes, hexToBytes, keccak256 } from 'viem/utils'
import type { Hex } from 'viem'
import { ascii, bigEndian } from '../bytes'
import { SubrosaError } from '../errors'
import { proofLengthOf, rowAt, type Row } from './rows'

/** One proof: which bid, which row of the table, its bytes. */
export interface BundleEntry {
  seq: number
  row: Row
  proof: Uint8Array
}

/** A settlement's proofs, by seq and then by row. */
export interface Bundle {
  auction: Hex
  round: number
  entries: BundleEntry[]
}

export type DecodedBundle = { ok: true; bundle: Bundle } | { ok: false; reason: string }

export const BUNDLE_VERSION = 1

/** More than a hundred thousand lost bids: what is longer is not read. */
export const MAX_BUNDLE_BYTES = 256 * 1024 * 1024

const MAGIC = ascii('SRPB')
/** magic(4) | version(1) | auction id(32) | round(4) | number of entries(4). */
export const BUNDLE_HEADER_LENGTH = MAGIC.length + 1 + 32 + 4 + 4
/** seq(4) | row(1), before each proof. */
export const ENTRY_HEADER_LENGTH = 5

/** Entries stand by seq, then by row, each once: one set of proofs has one encoding. */
function isAfter(entry: Pick<BundleEntry, 'seq' | 'row'>, previous: Pick<BundleEntry, 'seq' | 'row'>): boolean {
  return entry.seq > previous.seq || (entry.seq === previous.seq && entry.row > previous.row)
}

/**
 * The bytes whose keccak256 a settlement names. All integers big-endian; every proof's length follows from its row.
 * Format in docs/proofs.md.
 * @throws SubrosaError INVALID_LENGTH for a proof of another length than its row's; INTERNAL for entries out of order.
 */
export function encodeBundle({ auction, round, entries }: Bundle): Uint8Array {
  const parts = [MAGIC, bigEndian(BUNDLE_VERSION, 1), hexToBytes(auction, { size: 32 }), bigEndian(round, 4)]
  parts.push(bigEndian(entries.length, 4))
  entries.forEach((entry, index) => {
    const previous = entries[index - 1]
    if (previous && !isAfter(entry, previous)) {
      throw new SubrosaError('INTERNAL', { details: 'proofs of a bundle are out of order' })
    }
    if (entry.proof.length !== proofLengthOf(entry.row)) throw new SubrosaError('INVALID_LENGTH', { field: 'proof' })
    parts.push(bigEndian(entry.seq, 4), bigEndian(entry.row, 1), entry.proof)
  })
  return concatBytes(parts)
}

const refuse = (reason: string): DecodedBundle => ({ ok: false, reason })

/**
 * Reads a bundle, strictly: whatever is accepted encodes to the same bytes again. A verdict, because its author may be
 * anyone; what the proofs show is not looked at.
 */
export function decodeBundle(bytes: Uint8Array): DecodedBundle {
  if (bytes.length > MAX_BUNDLE_BYTES) return refuse(`longer than ${MAX_BUNDLE_BYTES} bytes`)
  if (bytes.length < BUNDLE_HEADER_LENGTH) return refuse('shorter than its header')
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) return refuse('not a proof bundle')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint8(4)
  if (version !== BUNDLE_VERSION) return refuse(`version ${version} is not known`)
  const count = view.getUint32(41)
  const entries: BundleEntry[] = []
  let at = BUNDLE_HEADER_LENGTH
  while (entries.length < count) {
    if (at + ENTRY_HEADER_LENGTH > bytes.length) return refuse(`ends before proof ${entries.length}`)
    const [seq, row] = [view.getUint32(at), rowAt(view.getUint8(at + 4))]
    if (row === null) return refuse(`proof ${entries.length} is of no known row`)
    const previous = entries.at(-1)
    if (previous && !isAfter({ seq, row }, previous)) return refuse(`proof ${entries.length} is out of order`)
    at += ENTRY_HEADER_LENGTH
    const end = at + proofLengthOf(row)
    if (end > bytes.length) return refuse(`ends within proof ${entries.length}`)
    entries.push({ seq, row, proof: bytes.subarray(at, end) })
    at = end
  }
  if (at !== bytes.length) return refuse('bytes after the last proof')
  return { ok: true, bundle: { auction: bytesToHex(bytes.subarray(5, 37)), round: view.getUint32(37), entries } }
}

/** What a settlement names as its `proofHash`. */
export function bundleHash(bytes: Uint8Array): Hex {
  return keccak256(bytes)
}
