import type { Address, Hex } from 'viem'
import { readBookLogs } from '../../lib/chain/book/bookLogs'
import type { OrderPlaced } from '../../lib/chain/book/events'
import type { ChainConnection } from '../../lib/chain/connection'
import type { Deployment } from '../../lib/chain/deployment'

/** One account's orders in one market as they were placed, from the chain's own events. */
export async function readPlacedOrders(
  chain: ChainConnection,
  deployment: Deployment,
  { id, account, fromBlock }: { id: Hex; account: Address; fromBlock: bigint },
): Promise<OrderPlaced[]> {
  const { number: toBlock } = await chain.readBlock('latest')
  return readBookLogs(chain, deployment, { id, trader: account, types: ['OrderPlaced'], fromBlock, toBlock })
}
