import type { Hex } from 'viem'
import type { ChainConnection } from './connection'
import type { RegistryDeployment } from './deployment'
import { readAllLogs } from './logPages'
import { decodeRegistryLog, type RegistryEvent } from './registryEvents'

/** What the registry has said of one sealing key, in order, up to a block. */
export async function readRegistryEvents(
  connection: Pick<ChainConnection, 'readLogs'>,
  { contracts, startBlock }: RegistryDeployment,
  keyId: Hex,
  toBlock: bigint,
): Promise<RegistryEvent[]> {
  const range = { fromBlock: BigInt(startBlock), toBlock }
  const logs = await readAllLogs(connection, { address: contracts.registry, topics: [null, keyId], ...range })
  const events = logs.map(decodeRegistryLog).filter((event) => event !== null)
  return events.filter((event) => event.keyId === keyId)
}
