import { TransactionReceiptNotFoundError, type Hash, type PublicClient } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { readOwnBids } from '../_bids/readOwnBids'
import { roomOf } from '../_data/roomOf'
import { readPlacedOrders } from '../_orders/readPlacedOrders'
import { isSameCommitment } from '../_sealing/receiptStore'
import type { JournalEntry } from './journal'

/**
 * What the chain says of a job that a closed page left behind.
 * `counted`: the bid or order stands there; `what` says so in words. `included`: its last known transaction is in a block.
 * `waiting`: sent, and in no block yet. `gone`: sent, and the network knows it no more. `unsent`: nothing was sent, as
 * far as the chain shows; `asked`: the wallet may still show the request.
 */
export type Outcome =
  | { at: 'counted'; what: string; hash: Hash; block: bigint }
  | { at: 'included'; hash: Hash; block: bigint }
  | { at: 'reverted'; hash: Hash }
  | { at: 'waiting'; hash: Hash }
  | { at: 'gone'; hash: Hash }
  | { at: 'unsent'; asked: boolean }

type Reader = Pick<PublicClient, 'getTransactionReceipt' | 'getTransaction'>

/** The chain decides; the journal only says where to look. @throws SubrosaError RPC_UNAVAILABLE */
export async function whatBecame(
  entry: JournalEntry,
  { client, chain, deployment }: { client: Reader; chain: ChainConnection; deployment: Deployment },
): Promise<Outcome> {
  const { sealed, hash, stage } = entry
  if (sealed) {
    const found = await findSealed(sealed, entry, chain, deployment)
    if (found) return { at: 'counted', ...found }
  }
  if (!hash) return { at: 'unsent', asked: stage === 'awaiting-signature' || stage === 'submitted' }
  try {
    const receipt = await client.getTransactionReceipt({ hash })
    if (receipt.status === 'reverted') return { at: 'reverted', hash }
    // Of what is sealed, only its own event is proof: this was the step before it.
    return sealed ? { at: 'unsent', asked: true } : { at: 'included', hash, block: receipt.blockNumber }
  } catch (error) {
    if (!(error instanceof TransactionReceiptNotFoundError)) throw error
    const found = await client.getTransaction({ hash }).catch(() => null)
    return found ? { at: 'waiting', hash } : { at: 'gone', hash }
  }
}

type Sealed = NonNullable<JournalEntry['sealed']>

/** Looks for what was sealed among the account's own bids, or its own orders. */
async function findSealed(
  { id, fromBlock, ...numbers }: Sealed,
  { contract, account }: JournalEntry,
  chain: ChainConnection,
  deployment: Deployment,
): Promise<{ what: string; hash: Hash; block: bigint } | null> {
  const place = { id, account, fromBlock: BigInt(fromBlock) }
  const commitment = { x: BigInt(numbers.x), y: BigInt(numbers.y) }
  if (roomOf(deployment, contract) === 'book') {
    const orders = await readPlacedOrders(chain, deployment, place)
    const found = orders.find((order) => isSameCommitment(order, commitment))
    if (!found) return null
    return {
      what: `Your order is counted, in batch ${found.batchId}`,
      hash: found.transactionHash,
      block: found.blockNumber,
    }
  }
  const bids = await readOwnBids(chain, deployment, place)
  const found = bids.find(({ bid }) => isSameCommitment(bid, commitment))
  if (!found) return null
  return { what: `Your bid is counted: #${found.bid.seq + 1}`, hash: found.transactionHash, block: found.block }
}
