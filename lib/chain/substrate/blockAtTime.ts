import type { ApiPromise } from '@polkadot/api'
import type { Hash } from 'viem'
import { decodeExtrinsic, readBlockHash, readExtrinsics } from './blocks'

/**
 * The first block that is no earlier than a moment, by the times that the blocks themselves carry: any node keeps
 * those, where it may have forgotten the state.
 *
 * @param moment Unix seconds.
 * @returns null where the newest block is earlier than that, or blocks carry no time.
 */
export async function blockAtTime(api: ApiPromise, moment: bigint, newest: bigint): Promise<bigint | null> {
  const isLate = async (number: bigint) => {
    const time = await readBlockTime(api, await readBlockHash(api, number))
    return time === null ? null : time >= moment
  }
  if ((await isLate(newest)) !== true) return null
  let [low, high] = [1n, newest]
  while (low < high) {
    const middle = (low + high) / 2n
    const late = await isLate(middle)
    if (late === null) return null
    if (late) high = middle
    else low = middle + 1n
  }
  return low
}

/** Unix seconds, rounded down, from the block's own `timestamp.set`; null where it has none. */
export async function readBlockTime(api: ApiPromise, hash: Hash): Promise<bigint | null> {
  // Inherents come first.
  for (const raw of (await readExtrinsics(api, hash)).slice(0, 4)) {
    const { method } = await decodeExtrinsic(api, hash, raw)
    if (method.section !== 'timestamp' || method.method !== 'set') continue
    return BigInt(method.args[0]?.toString() ?? '0') / 1_000n
  }
  return null
}
