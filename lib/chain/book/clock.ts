/** A market's clock. Times in Unix seconds. */
export type MarketClock = { startsAt: bigint; batchLength: bigint | number }

/** The batch that an order in a block of this time is in, from 1. PROTOCOL.md section 11. */
export function batchAt({ startsAt, batchLength }: MarketClock, time: bigint): bigint {
  return time < startsAt ? 1n : (time - startsAt) / BigInt(batchLength) + 1n
}

/** The first second of a batch. */
export function batchStart({ startsAt, batchLength }: MarketClock, batchId: bigint): bigint {
  return startsAt + (batchId - 1n) * BigInt(batchLength)
}

/** The first second that is no longer part of a batch. */
export function batchEnd({ startsAt, batchLength }: MarketClock, batchId: bigint): bigint {
  return startsAt + batchId * BigInt(batchLength)
}
