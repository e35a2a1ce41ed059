import { decodeEventLog, encodeEventTopics, type Address, type Hex } from 'viem'
import { enclaveRegistryAbi } from '../abi/enclaveRegistry'
import type { RawLog } from './connection'
import { positionOf, type EventPosition } from './events'

/** What the enclave registry says, PROTOCOL.md section 10. Times in Unix seconds; `publicKey` an uncompressed point. */
export type RegistryEvent = EventPosition &
  (
    | {
        type: 'SealingKeyRegistered'
        keyId: Hex
        operator: Address
        appId: Hex
        epoch: bigint
        notBefore: bigint
        notAfter: bigint
        publicKey: Hex
      }
    | { type: 'SignerAdmitted'; keyId: Hex; signer: Address; simulated: boolean; evidence: Hex }
    | { type: 'SealingKeyRetired'; keyId: Hex; signer: Address; reporter: Address }
    | { type: 'SealingKeyRevoked'; keyId: Hex }
  )

const EVENT_NAMES = ['SealingKeyRegistered', 'SignerAdmitted', 'SealingKeyRetired', 'SealingKeyRevoked'] as const
const TOPICS = EVENT_NAMES.map((eventName) => encodeEventTopics({ abi: enclaveRegistryAbi, eventName })[0])

/**
 * Turns a log of the registry into an event.
 *
 * @returns null where it is another event than these.
 * @throws If the first topic is known and the rest does not decode.
 */
export function decodeRegistryLog(log: RawLog): RegistryEvent | null {
  const [signature, ...rest] = log.topics
  if (!signature || !TOPICS.includes(signature)) return null
  const position = positionOf(log)
  const decoded = decodeEventLog({ abi: enclaveRegistryAbi, data: log.data, topics: [signature, ...rest] })
  switch (decoded.eventName) {
    case 'SealingKeyRegistered':
      return { type: 'SealingKeyRegistered', ...decoded.args, ...position }
    case 'SignerAdmitted':
      return { type: 'SignerAdmitted', ...decoded.args, ...position }
    case 'SealingKeyRetired':
      return { type: 'SealingKeyRetired', ...decoded.args, ...position }
    case 'SealingKeyRevoked':
      return { type: 'SealingKeyRevoked', ...decoded.args, ...position }
    default:
      return null
  }
}
