import { TransactionReceiptNotFoundError, type Hash, type PublicClient } from 'viem'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'
import { readOwnBids } from '../_bids/readOwnBids'
import { isSameCommitment } from '../_sealing/receiptStore'
import type { JournalEntry } from './journal'

/**
 * What the chain says of a job that a closed page left behind.
 * `counted`: the bid stands there, at this place in the order. `included`: its last known transaction is in a block.
 * `waiting`: sent, and in no block yet. `gone`: sent, and the network knows it no more. `unsent`: nothing was sent, as
 * far as the chain shows; `asked`: the wallet may still show the request.
 */
export type Outcome =
  | { at: 'counted'; seq: number; hash: Hash; block: bigint }
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
  const { bid, hash, stage, account } = entry
  if (bid) {
    const place = { id: bid.auction, account, fromBlock: BigInt(bid.fromBlock) }
    const own = await readOwnBids(chain, deployment, place)
    const found = own.find((each) => isSameCommitment(each.bid, { x: BigInt(bid.x), y: BigInt(bid.y) }))
    if (found) return { at: 'counted', seq: found.bid.seq, hash: found.transactionHash, block: found.block }
  }
  if (!hash) return { at: 'unsent', asked: stage === 'awaiting-signature' || stage === 'submitted' }
  try {
    const receipt = await client.getTransactionReceipt({ hash })
    if (receipt.status === 'reverted') return { at: 'reverted', hash }
    // Of a bid, only its own event is proof: this was the step before it.
    return bid ? { at: 'unsent', asked: true } : { at: 'included', hash, block: receipt.blockNumber }
  } catch (error) {
    if (!(error instanceof TransactionReceiptNotFoundError)) throw error
    const found = await client.getTransaction({ hash }).catch(() => null)
    return found ? { at: 'waiting', hash } : { at: 'gone', hash }
  }
}
