import { bytesToBigInt, bytesToHex, getAddress, hexToBytes, keccak256, numberToBytes } from 'viem/utils'
import type { Address } from 'viem'
import type { Bid } from '../../chain/bid'
import type { BidPlaced } from '../../chain/events'
import { SEALED_BID_LENGTH } from '../../protocol/constants'

/** Bytes of a record: seq, slot, state, bidder, collateral, points, creditBps, x, y, sealed blob. */
const AT = {
  seq: 0,
  slot: 4,
  state: 6,
  bidder: 7,
  collateral: 27,
  points: 43,
  creditBps: 47,
  x: 49,
  y: 81,
  sealed: 113,
} as const
export const RECORD_LENGTH = AT.sealed + SEALED_BID_LENGTH

/** Records in a segment: memory grows by these, and is never copied to grow. */
const SEGMENT_RECORDS = 1_024

const LIVE = 1
const CANCELLED = 2

/**
 * An auction's bids in order of arrival, packed: a hundred thousand take 36 MB, where objects with hexadecimal strings
 * would take hundreds. Positions count bids alone, from 0; `seq` counts cancellations too.
 */
export class PackedBids {
  readonly #segments: Buffer[] = []
  #size = 0
  #live = 0

  /** Bids ever placed. */
  get size(): number {
    return this.#size
  }

  /** Those that count. */
  get live(): number {
    return this.#live
  }

  /** Appends a live bid; its blob must have the length that the contract demands. */
  add({ seq, slot, bidder, collateral, points, creditBps, x, y, sealed }: BidPlaced): void {
    const place = this.#size % SEGMENT_RECORDS
    if (place === 0) this.#segments.push(Buffer.alloc(SEGMENT_RECORDS * RECORD_LENGTH))
    this.#size += 1
    this.#live += 1
    const record = this.record(this.#size - 1)
    record.writeUInt32BE(seq, AT.seq)
    record.writeUInt16BE(slot, AT.slot)
    record[AT.state] = LIVE
    record.set(hexToBytes(bidder), AT.bidder)
    record.set(numberToBytes(collateral, { size: 16 }), AT.collateral)
    record.writeInt32BE(points, AT.points)
    record.writeUInt16BE(creditBps, AT.creditBps)
    record.set(numberToBytes(x, { size: 32 }), AT.x)
    record.set(numberToBytes(y, { size: 32 }), AT.y)
    record.set(hexToBytes(sealed), AT.sealed)
  }

  /** Marks a live bid as cancelled. */
  cancel(position: number): void {
    this.record(position)[AT.state] = CANCELLED
    this.#live -= 1
  }

  /** The record's own bytes: a view, not a copy. */
  record(position: number): Buffer {
    const segment = this.#segments[Math.floor(position / SEGMENT_RECORDS)]
    if (!segment || position >= this.#size) throw new RangeError(`no bid at ${position}`)
    const start = (position % SEGMENT_RECORDS) * RECORD_LENGTH
    return segment.subarray(start, start + RECORD_LENGTH)
  }

  isLive(position: number): boolean {
    return this.record(position)[AT.state] === LIVE
  }

  seqAt(position: number): number {
    return this.record(position).readUInt32BE(AT.seq)
  }

  /** The position of the bid with this `seq`; -1 where there is none. */
  positionOf(seq: number): number {
    let [low, high] = [0, this.#size - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = this.seqAt(middle)
      if (found === seq) return middle
      if (found < seq) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  collateralAt(position: number): bigint {
    return bytesToBigInt(this.record(position).subarray(AT.collateral, AT.points))
  }

  bidderAt(position: number): Address {
    return getAddress(unpackSealed(this.record(position)).bidder)
  }

  /** The bid as its leaf and the contract have it. */
  at(position: number): Bid {
    const record = this.record(position)
    const { bidder, x, y, sealed } = unpackSealed(record)
    return {
      seq: this.seqAt(position),
      slot: record.readUInt16BE(AT.slot),
      bidder: getAddress(bidder),
      collateral: this.collateralAt(position),
      ...{ points: record.readInt32BE(AT.points), creditBps: record.readUInt16BE(AT.creditBps) },
      ...{ x, y, sealedHash: keccak256(sealed) },
    }
  }
}

/** What opening a record takes: who sealed it (no checksum), beside which commitment, and the blob, a view. */
export function unpackSealed(record: Uint8Array): { bidder: Address; x: bigint; y: bigint; sealed: Uint8Array } {
  return {
    bidder: bytesToHex(record.subarray(AT.bidder, AT.collateral)),
    x: bytesToBigInt(record.subarray(AT.x, AT.y)),
    y: bytesToBigInt(record.subarray(AT.y, AT.sealed)),
    sealed: record.subarray(AT.sealed, RECORD_LENGTH),
  }
}
