import type { Hash } from 'viem'
import type { BlockRef, ChainConnection, RawLog } from '../chain/connection'
import { decodeLog } from '../chain/decodeLog'
import type { Deployment } from '../chain/deployment'
import type { AuctionEvent } from '../chain/events'
import { ForkChangedError } from './errors'

/** The contract's events of exactly this block, in order. A node that lacks the block fails. */
export async function readBlockEvents(
  connection: ChainConnection,
  deployment: Deployment,
  block: BlockRef,
): Promise<AuctionEvent[]> {
  const { number, hash } = block
  const address = deployment.contracts.auctions
  const logs = await connection.readLogs({ address, fromBlock: number, toBlock: number, blockHash: hash })
  return decode(deployment, logs, number, number, hash)
}

/** The contract's events of a range of blocks, both ends included, in order. */
export async function readRangeEvents(
  connection: ChainConnection,
  deployment: Deployment,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<AuctionEvent[]> {
  const logs = await connection.readLogs({ address: deployment.contracts.auctions, fromBlock, toBlock })
  return decode(deployment, logs, fromBlock, toBlock)
}

/** A node may answer more than was asked, or from another fork; neither may reach the index. */
function decode(
  deployment: Deployment,
  logs: RawLog[],
  fromBlock: bigint,
  toBlock: bigint,
  hash?: Hash,
): AuctionEvent[] {
  const contract = deployment.contracts.auctions.toLowerCase()
  return logs.flatMap((log) => {
    if (log.address.toLowerCase() !== contract) return []
    if (log.blockNumber < fromBlock || log.blockNumber > toBlock || (hash && log.blockHash !== hash)) {
      throw new ForkChangedError(`a log of block ${log.blockNumber} (${log.blockHash}) was not asked for`)
    }
    return decodeLog(log) ?? []
  })
}
