import type { Address, Hex } from 'viem'
import type { BlockId, ChainConnection } from '../connection'
import type { BookDeployment } from '../deployment'
import { readBook } from './readBook'

/** Stored status of a batch; whether an OPEN one is settled follows from the market's pointers. */
export const BATCH_STATUS = { OPEN: 0, FINAL: 1, VOIDED: 2 } as const

/**
 * One batch's storage. PROTOCOL.md section 11. `price` and what follows are of its newest settlement, struck or not;
 * `priceBefore` is the last price as that settlement found it, 0 before any trade.
 */
export type BatchState = {
  acc: Hex
  count: number
  /** The key that serves it by the clock; zero for none. */
  keyId: Hex
  /** The next used batch; 0 for none. */
  next: bigint
  status: number
  /** Ticks. */
  price: number
  priceBefore: number
  /** The settlement's EIP-712 digest. */
  settlementHash: Hex
  /** Unix seconds; 0 where it was never settled. */
  challengeUntil: bigint
  signer: Address
  /** Whether a settlement of it was struck once already. */
  isStruck: boolean
}

/** Reads a batch's storage: all zeros where nobody used it. */
export async function readBatch(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  batchId: bigint,
  block?: BlockId,
): Promise<BatchState> {
  const stored = await readBook(connection, deployment, 'getBatch', [id, batchId], block)
  return { ...stored, next: BigInt(stored.next), challengeUntil: BigInt(stored.challengeUntil) }
}
