import { zeroAddress, type Address, type Hex } from 'viem'
import type { BlockId, ChainConnection } from '../connection'
import type { BookDeployment } from '../deployment'
import { readBook } from './readBook'
import type { MarketParams } from '../../protocol/book/market'

/**
 * One market's storage. PROTOCOL.md section 11. Times in Unix seconds, prices in ticks. `head` is the first used batch
 * that is neither final nor void, `toSettle` the first that is not settled either, `tail` the last used one; 0 for none.
 */
export type MarketState = MarketParams & {
  id: Hex
  creator: Address
  startsAt: bigint
  /** 0 before any trade. */
  lastPrice: number
  hasTraded: boolean
  /** Used batches in a row that went void. */
  voids: number
  strikes: number
  /** Until then at least, what a strike unsettled may be settled. */
  extendedUntil: bigint
  head: bigint
  toSettle: bigint
  tail: bigint
}

/** Used batches in a row that must have gone unsettled before everybody may leave at once. PROTOCOL.md section 11. */
export const EXIT_AFTER = 3

/** Reads a market's storage. @returns null where there is no such market at that block. */
export async function readMarket(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  block?: BlockId,
): Promise<MarketState | null> {
  const stored = await readBook(connection, deployment, 'getMarket', [id], block)
  if (stored.creator === zeroAddress) return null
  return {
    ...stored,
    id,
    startsAt: BigInt(stored.startsAt),
    extendedUntil: BigInt(stored.extendedUntil),
    head: BigInt(stored.head),
    toSettle: BigInt(stored.toSettle),
    tail: BigInt(stored.tail),
  }
}
