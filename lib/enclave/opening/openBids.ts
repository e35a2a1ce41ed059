import type { SealContext } from '../../protocol/sealing/context'
import { RECORD_LENGTH, type PackedBids } from '../bids/packedBids'
import type { OpeningKey } from '../open'
import { OPENING_LENGTH, unpackOpening, type PackedOpening } from './openRecords'
import type { Threads } from './pool'

/** Bids a worker opens at a time: some tens of milliseconds. */
const CHUNK = 128

export type OpeningTask = { key: OpeningKey; context: SealContext; oneLot: boolean; bids: PackedBids }

/** Bids opened, of how many. */
export type OnProgress = (opened: number, total: number) => void

/** What each bid says, packed, by its position in the auction's `PackedBids`. */
export class Openings {
  readonly #packed: Buffer

  constructor(size: number) {
    this.#packed = Buffer.alloc(size * OPENING_LENGTH)
  }

  put(position: number, opening: Uint8Array): void {
    this.#packed.set(opening, position * OPENING_LENGTH)
  }

  /** @returns null for a bid that is invalid, or was not to be opened. */
  at(position: number): PackedOpening | null {
    return unpackOpening(this.#packed.subarray(position * OPENING_LENGTH, (position + 1) * OPENING_LENGTH))
  }
}

/**
 * Opens what is live, and nothing else: a withdrawn bid is nobody's business any more. The workers get a bounded number
 * of chunks at a time, whatever the auction's size.
 *
 * @throws SubrosaError INTERNAL where a worker fails.
 */
export async function openBids(threads: Threads, task: OpeningTask, onProgress?: OnProgress): Promise<Openings> {
  const { bids, ...rest } = task
  const openings = new Openings(bids.size)
  const chunks = chunksOf(bids)
  let opened = 0

  async function work(): Promise<void> {
    for (const positions of chunks) {
      const records = Buffer.alloc(positions.length * RECORD_LENGTH)
      positions.forEach((position, index) => records.set(bids.record(position), index * RECORD_LENGTH))
      const packed = await threads.open({ ...rest, records })
      positions.forEach((position, index) =>
        openings.put(position, packed.subarray(index * OPENING_LENGTH, (index + 1) * OPENING_LENGTH)),
      )
      opened += positions.length
      onProgress?.(opened, bids.live)
    }
  }

  // Two for each worker, so that none waits for its next chunk. They share the chunks, and the first failure ends all.
  await Promise.all(Array.from({ length: threads.size * 2 }, work))
  return openings
}

/** Positions of live bids, a chunk at a time. */
function* chunksOf(bids: PackedBids): Generator<number[]> {
  let chunk: number[] = []
  for (let position = 0; position < bids.size; ++position) {
    if (bids.isLive(position)) chunk.push(position)
    if (chunk.length === CHUNK) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}
