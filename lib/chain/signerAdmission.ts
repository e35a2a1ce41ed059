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

/**
 * The signer's place among those admitted for the key, from 1, as the registry numbers them; 0 where `wasAdmitted` says no.
 *
 * @param events The registry's, of one sealing key.
 */
export function signerIndexAt(events: readonly RegistryEvent[], signer: Address, position: Position): number {
  if (!wasAdmitted(events, signer, position)) return 0
  const admitted = events.filter((event) => event.type === 'SignerAdmitted')
  return admitted.findIndex((event) => event.signer === signer) + 1
}
