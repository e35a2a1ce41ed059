import { zeroAddress, type Address, type Hex } from 'viem'
import type { BlockId, ChainConnection } from '../connection'
import type { BookDeployment } from '../deployment'
import { readBook } from './readBook'

/**
 * An order's leaf as the book keeps it. `cancelledIn`: the batch of its own cancellation, from which on it does not trade;
 * 0 for none. `filled`: lots of final batches.
 */
export type OrderState = { trader: Address; placedIn: bigint; cancelledIn: bigint; filled: number }

/** Base units of either token. */
export type Margin = { base: bigint; quote: bigint }

/** What a trader asked to take out, of his margin: due once every batch up to `batchId` is final or void. */
export type Withdrawal = Margin & { batchId: bigint }

/** @returns null where no order has this leaf. */
export async function readOrder(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  leaf: Hex,
  block?: BlockId,
): Promise<OrderState | null> {
  const stored = await readBook(connection, deployment, 'getOrder', [id, leaf], block)
  if (stored.trader === zeroAddress) return null
  return { ...stored, placedIn: BigInt(stored.placedIn), cancelledIn: BigInt(stored.cancelledIn) }
}

/** A trader's margin as the last final batch left it, with what he asked to take out. */
export function readMargin(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  trader: Address,
  block?: BlockId,
): Promise<Margin> {
  return readBook(connection, deployment, 'marginOf', [id, trader], block)
}

/** @returns null where the trader asked for nothing, or has been paid. */
export async function readWithdrawal(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  trader: Address,
  block?: BlockId,
): Promise<Withdrawal | null> {
  const stored = await readBook(connection, deployment, 'withdrawalOf', [id, trader], block)
  return stored.batchId === 0 ? null : { ...stored, batchId: BigInt(stored.batchId) }
}

/** The batch that an order in that block, or in a next one of the same time, would be in. */
export function readCurrentBatch(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  block?: BlockId,
): Promise<bigint> {
  return readBook(connection, deployment, 'currentBatch', [id], block)
}

/** The key that a batch's orders are sealed to, by the clock; zero where none serves it. */
export function readKeyOfBatch(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  batchId: bigint,
  block?: BlockId,
): Promise<Hex> {
  return readBook(connection, deployment, 'keyOfBatch', [id, batchId], block)
}

/** Unix seconds from which on a used batch, if it is not settled, is void. */
export function readDeadline(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  batchId: bigint,
  block?: BlockId,
): Promise<bigint> {
  return readBook(connection, deployment, 'deadlineOf', [id, batchId], block)
}

/** The round that the next settlement must name: 1, and one more for each strike. */
export function readRound(
  connection: ChainConnection,
  deployment: BookDeployment,
  id: Hex,
  block?: BlockId,
): Promise<number> {
  return readBook(connection, deployment, 'roundOf', [id], block)
}

/** Base units of `token` (zero address: native coin) in the book's vault that `account` can withdraw or fund with. */
export function readBookBalance(
  connection: ChainConnection,
  deployment: BookDeployment,
  token: Address,
  account: Address,
  block?: BlockId,
): Promise<bigint> {
  return readBook(connection, deployment, 'balanceOf', [token, account], block)
}

/** The nonce of the next market `creator` opens: it tells the market's id beforehand. */
export function readCreatorNonce(
  connection: ChainConnection,
  deployment: BookDeployment,
  creator: Address,
  block?: BlockId,
): Promise<bigint> {
  return readBook(connection, deployment, 'creatorNonce', [creator], block)
}
