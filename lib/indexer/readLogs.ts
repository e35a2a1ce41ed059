import type { Hash } from 'viem'
import type { BlockRef, ChainConnection, RawLog } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { contractsOf } from './checkLogs'
import { mayContain } from '../chain/bloom'
import { ForkChangedError } from './errors'

/**
 * Our contracts' logs of exactly this block, in order. Where the bloom filter excludes a contract, the node is not
 * asked. A node that lacks the block fails.
 */
export function readBlockLogs(connection: ChainConnection, deployment: Deployment, block: BlockRef): Promise<RawLog[]> {
  const { number, hash, logsBloom } = block
  // An empty filter may be that of a chain that has none.
  const contracts = contractsOf(deployment).filter(
    (address) => logsBloom === undefined || /^0x0*$/.test(logsBloom) || mayContain(logsBloom, address),
  )
  return readOf(contracts, connection, { fromBlock: number, toBlock: number, blockHash: hash })
}

/** Our contracts' logs of a range of blocks, both ends included, in order. */
export function readRangeLogs(
  connection: ChainConnection,
  deployment: Deployment,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<RawLog[]> {
  return readOf(contractsOf(deployment), connection, { fromBlock, toBlock })
}

/** A node may answer more than was asked, or from another fork; neither may reach the index. */
async function readOf(
  contracts: `0x${string}`[],
  connection: ChainConnection,
  range: { fromBlock: bigint; toBlock: bigint; blockHash?: Hash },
): Promise<RawLog[]> {
  const answers = await Promise.all(
    contracts.map(async (address) => {
      const logs = await connection.readLogs({ address, ...range })
      return logs.filter((log) => log.address.toLowerCase() === address)
    }),
  )
  const logs = answers.flat()
  for (const { blockNumber, blockHash } of logs) {
    const asked = blockNumber >= range.fromBlock && blockNumber <= range.toBlock
    if (!asked || (range.blockHash && blockHash !== range.blockHash)) {
      throw new ForkChangedError(`a log of block ${blockNumber} (${blockHash}) was not asked for`)
    }
  }
  return logs.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
}
