import type { Hash } from 'viem'
import { z } from 'zod'
import type { RawLog } from '../connection'
import { hubContractEmitted } from './schemas'

/** An event of a block: which transaction it came from, by its place, and where it stands among all events. */
export type HubEvent = { index: number; transaction: number | null; section: string; method: string; data: unknown[] }

const record = z.object({
  phase: z.union([z.object({ applyExtrinsic: z.number() }), z.record(z.string(), z.unknown())]),
})

type DecodedRecord = {
  phase: { toJSON(): unknown }
  event: { section: string; method: string; data: { toJSON(): unknown } }
}

/** `system.events`, in order. */
export function toHubEvents(records: Iterable<DecodedRecord>): HubEvent[] {
  return [...records].map(({ phase, event: { section, method, data } }, index) => {
    const at = record.shape.phase.parse(phase.toJSON()).applyExtrinsic
    const transaction = typeof at === 'number' ? at : null
    return { index, transaction, section, method, data: z.array(z.unknown()).parse(data.toJSON()) }
  })
}

/** Whether a contract emitted it. */
export function isContractLog({ section, method, transaction }: HubEvent): boolean {
  return section === 'revive' && method === 'ContractEmitted' && transaction !== null
}

/**
 * A contract's events of one block as logs. `logIndex` is the event's place among all of the block's, so logs are in
 * order and no two share one, with gaps.
 *
 * @param hashes Of the block's transactions, in order.
 */
export function toRawLogs(
  events: readonly HubEvent[],
  hashes: readonly Hash[],
  block: { number: bigint; hash: Hash },
): RawLog[] {
  return events.filter(isContractLog).map(({ index, transaction, data }) => {
    const [address, bytes, topics] = hubContractEmitted.parse(data)
    const transactionHash = hashes[transaction ?? -1]
    if (!transactionHash) throw new RangeError(`event ${index} of block ${block.number} names no transaction`)
    const where = { blockNumber: block.number, blockHash: block.hash, transactionHash, logIndex: index }
    return { address, data: bytes, topics, ...where }
  })
}
