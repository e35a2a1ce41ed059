import type { Address } from 'viem'
import type { EventPosition } from './events'
import type { RegistryEvent } from './registryEvents'

type Position = Pick<EventPosition, 'blockNumber' | 'logIndex'>

const isBefore = (event: Position, position: Position) =>
  event.blockNumber < position.blockNumber ||
  (event.blockNumber === position.blockNumber && event.logIndex < position.logIndex)

/**
 * Whether the registry had admitted `signer`, and not revoked the key, before a log of its chain. From events, so that
 * it takes no node with the storage of old blocks. PROTOCOL.md section 10.
 *
 * @param events The registry's, of one sealing key.
 */
export function wasAdmitted(events: readonly RegistryEvent[], signer: Address, position: Position): boolean {
  const before = events.filter((event) => isBefore(event, position))
  const isAdmitted = before.some((event) => event.type === 'SignerAdmitted' && event.signer === signer)
  return isAdmitted && !before.some(({ type }) => type === 'SealingKeyRevoked')
}
