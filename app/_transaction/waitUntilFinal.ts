import { TransactionReceiptNotFoundError, type PublicClient } from 'viem'
import type { Included } from './flow'

const LOOK_INTERVAL_MS = 2_000
const LOOKS = 600
/** Looks that may miss the transaction in a row: until then a node that lags, or another block, may still bring it. */
const MISSES = 30

type FinalityReader = Pick<PublicClient, 'getBlock' | 'getTransactionReceipt'>

/**
 * `final`: in a block that cannot be undone, perhaps another than it was first seen in. `undone`: the chain has passed
 * over the block and knows the transaction no more. `unknown`: not decided after twenty minutes.
 */
export type Finality = { at: 'final'; block: bigint } | { at: 'undone' } | { at: 'unknown' }

/** Waits until the chain calls the transaction's block final, and looks whether the transaction is still in one. */
export async function waitUntilFinal(
  client: FinalityReader,
  { hash, block }: Included,
  intervalMs = LOOK_INTERVAL_MS,
): Promise<Finality> {
  let misses = 0
  for (let look = 0; look < LOOKS && misses < MISSES; look++) {
    const final = await client.getBlock({ blockTag: 'finalized' }).catch(() => null)
    if (final && final.number >= block) {
      const found = await findBlock(client, hash)
      if (typeof found === 'bigint' && found <= final.number) return { at: 'final', block: found }
      // An answer that names a later block is no miss: there it waits to become final.
      misses = found === 'nowhere' ? misses + 1 : 0
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs))
  }
  return { at: misses < MISSES ? 'unknown' : 'undone' }
}

/** The block that holds the transaction now; `nowhere` if the node says there is none, null without an answer. */
async function findBlock(client: FinalityReader, hash: Included['hash']): Promise<bigint | 'nowhere' | null> {
  try {
    const receipt = await client.getTransactionReceipt({ hash })
    if (receipt.status !== 'success' || receipt.transactionHash !== hash) return 'nowhere'
    const { hash: now } = await client.getBlock({ blockNumber: receipt.blockNumber })
    return now === receipt.blockHash ? receipt.blockNumber : 'nowhere'
  } catch (error) {
    return error instanceof TransactionReceiptNotFoundError ? 'nowhere' : null
  }
}
