import type { PublicClient } from 'viem'

const LOOK_INTERVAL_MS = 2_000
const LOOKS = 600

/** Waits until the chain calls `block` final. Gives up quietly after twenty minutes: included it stays. */
export async function waitUntilFinal(client: PublicClient, block: bigint): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    const final = await client.getBlock({ blockTag: 'finalized' }).catch(() => null)
    if (final && final.number >= block) return true
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS))
  }
  return false
}
