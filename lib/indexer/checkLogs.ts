import type { BlockRef, ChainConnection, RawLog } from '../chain/connection'
import { logsBloom, mayContain } from '../chain/bloom'
import type { Deployment } from '../chain/deployment'
import type { BlockRow } from '../db/blocks'

export type CheckedLogs = {
  /** Of our contracts, in order: all that the node gave in any of its answers. */
  logs: RawLog[]
  check: BlockRow['logCheck']
  /** What contradicts what, where the check is DISPUTED. */
  dispute?: string
}

/**
 * Compares the logs that a node gave for a block with the block's bloom filter, and, where that says that one of our
 * contracts may have spoken, with the block's receipts. A node that leaves a log out of one answer does so without an
 * error, and only bids and orders are covered by accumulators: this covers everything else.
 *
 * What it cannot find is a node that leaves a log out everywhere and forges the header to match; neither does it
 * check the header against its hash.
 *
 * @param logs Of our contracts in this block, in order.
 */
export async function checkLogs(
  connection: ChainConnection,
  deployment: Deployment,
  block: BlockRef,
  logs: RawLog[],
): Promise<CheckedLogs> {
  const bloom = block.logsBloom
  const contracts = contractsOf(deployment)
  // Some chains have no bloom filters, or only empty ones.
  if (bloom === undefined || (/^0x0*$/.test(bloom) && logs.length > 0)) return { logs, check: 'UNCHECKED' }
  if (!contracts.some((address) => mayContain(bloom, address))) {
    if (logs.length === 0) return { logs, check: 'VERIFIED' }
    return { logs, check: 'DISPUTED', dispute: 'logs of contracts that the bloom filter excludes' }
  }
  const all = await connection.readReceiptLogs(block.hash)
  if (all === null) return { logs, check: 'UNCHECKED' }
  const ours = all.filter(({ address }) => contracts.includes(address.toLowerCase() as `0x${string}`))
  const dispute = disputeOf(block, bloom, logs, all, ours)
  if (dispute === null) return { logs, check: 'VERIFIED' }
  const byIndex = new Map(
    [...logs, ...ours.filter((log) => log.blockHash === block.hash)].map((log) => [log.logIndex, log]),
  )
  return { logs: [...byIndex.values()].sort((a, b) => a.logIndex - b.logIndex), check: 'DISPUTED', dispute }
}

/** The addresses whose logs are indexed, in lower case. */
export function contractsOf({ contracts }: Deployment): `0x${string}`[] {
  return [contracts.auctions, contracts.book, contracts.registry].map(
    (address) => address.toLowerCase() as `0x${string}`,
  )
}

function disputeOf(block: BlockRef, bloom: string, logs: RawLog[], all: RawLog[], ours: RawLog[]): string | null {
  if (all.some(({ blockHash }) => blockHash !== block.hash)) return 'the receipts are those of another block'
  if (all.some(({ logIndex }, index) => logIndex !== index)) return 'the receipts lack a log: their numbers have a gap'
  if (logsBloom(all) !== bloom.toLowerCase()) return 'the receipts do not make the bloom filter'
  const told = new Set(logs.map(fingerprint))
  const missing = ours.filter((log) => !told.has(fingerprint(log))).length
  if (missing > 0) return `the receipts have ${missing} logs that were left out`
  return logs.length === ours.length ? null : 'the receipts lack logs that were given'
}

function fingerprint({ logIndex, address, topics, data }: RawLog): string {
  return [logIndex, address, ...topics, data].join().toLowerCase()
}
