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
  /** Fills that a batch may have. */
  maxFills: number
  /** 0 before any trade, and never after one. */
  lastPrice: number
  /** Settlements taken back, and how many of those strikes moved deadlines. */
  strikes: number
  moves: number
  head: bigint
  toSettle: bigint
  tail: bigint
}

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
    head: BigInt(stored.head),
    toSettle: BigInt(stored.toSettle),
    tail: BigInt(stored.tail),
  }
}
