import { decodeBookLog } from './book/decodeBookLog'
import type { BookEvent } from './book/events'
import type { RawLog } from './connection'
import { decodeLog } from './decodeLog'
import type { Deployment } from './deployment'
import type { AuctionEvent } from './events'

/** What either room says. Vault events read the same from both. */
export type ContractEvent = AuctionEvent | BookEvent

/**
 * Turns a log of a transaction into an event of the room that it comes from.
 *
 * @returns null where it is of another contract, or none of the room's events.
 */
export function decodeContractLog({ contracts }: Pick<Deployment, 'contracts'>, log: RawLog): ContractEvent | null {
  const emitter = log.address.toLowerCase()
  if (emitter === contracts.auctions.toLowerCase()) return decodeLog(log)
  if (emitter === contracts.book.toLowerCase()) return decodeBookLog(log)
  return null
}
