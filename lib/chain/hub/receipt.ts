import type { Address, Hash } from 'viem'
import type { RawLog, Receipt } from '../connection'
import { decodeContractLog } from '../contractEvent'
import type { Deployment } from '../deployment'
import { toRawLogs } from './blockEvents'
import type { HubInclusion } from './inclusion'
import { toWei } from './nativeValue'
import { hubInstantiated, type HubWeight } from './schemas'

/**
 * A receipt, and what only a Hub has. Gas is what the fee comes to at the runtime's gas price, so that `gasUsed` times
 * `gasPrice` is what was paid, as it is everywhere else.
 */
export type HubReceipt = Receipt & {
  logs: RawLog[]
  /** Contracts that the transaction created. */
  created: Address[]
  /** The pallet's word, where it failed. */
  refusal: string | null
  weight: HubWeight
  /** Plancks. */
  fee: bigint
  /** Plancks put by for what it stores, by the dry run, where there was one; below 0, paid back. */
  storageDeposit: bigint | undefined
}

export type HubRates = { ratio: bigint; gasPrice: bigint }

/** @param deployment Whose events the receipt decodes; without it, none. */
export function toHubReceipt(
  { block, events, succeeded, refusal, fee, weight, position }: HubInclusion,
  hash: Hash,
  { ratio, gasPrice }: HubRates,
  {
    storageDeposit,
    deployment,
  }: Pick<HubReceipt, 'storageDeposit'> & {
    deployment: Pick<Deployment, 'contracts'> | undefined
  },
): HubReceipt {
  const hashes = Array.from<Hash>({ length: position + 1 }).fill(hash)
  const logs = toRawLogs(events, hashes, block)
  const created = events
    .filter(({ section, method }) => section === 'revive' && method === 'Instantiated')
    .map(({ data }) => hubInstantiated.parse(data)[1])
  return {
    ...{ hash, succeeded, blockNumber: block.number, gasPrice, logs, created, refusal, weight, fee, storageDeposit },
    gasUsed: gasPrice === 0n ? 0n : toWei(fee, ratio) / gasPrice,
    events: logs
      .map((log) => (deployment ? decodeContractLog(deployment, log) : null))
      .filter((event) => event !== null),
  }
}
