/** Seconds between one sealing key's first day and the next one's. */
const EPOCH_SECONDS = 90n * 24n * 60n * 60n

/**
 * How many epochs a key serves: as long as the longest auction the contract admits (366 days) and one epoch more, so
 * that the newest key can always be pinned.
 */
const EPOCHS_SERVED = 6n

/** The last epoch whose period, in seconds, fits the registry's 64 bits. */
export const LAST_EPOCH = (2n ** 64n - 1n) / EPOCH_SECONDS - EPOCHS_SERVED

/** The newest epoch whose key may be pinned at `now` (Unix seconds). */
export function epochAt(now: bigint): bigint {
  return now / EPOCH_SECONDS
}

/** Every epoch whose key some auction may have pinned by `now`, or may be about to; the newest first. */
export function epochsServedAt(now: bigint): bigint[] {
  const newest = epochAt(now) + 1n
  return Array.from({ length: Number(EPOCHS_SERVED) + 2 }, (_, age) => newest - BigInt(age)).filter(
    (epoch) => epoch >= 0n,
  )
}

/** When an epoch's key serves, in Unix seconds. A function of the epoch alone: the enclave keeps no list. */
export function periodOf(epoch: bigint): { notBefore: bigint; notAfter: bigint } {
  const notBefore = epoch * EPOCH_SECONDS
  return { notBefore, notAfter: notBefore + EPOCHS_SERVED * EPOCH_SECONDS }
}
