import { sha384 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { LoggedEvent } from './events'

/** The value of a register after its events: from 48 zero bytes, mr = SHA384(mr | digest). Hex. */
export function replayRegister(events: LoggedEvent[], digests: string[], register: number): string {
  let value: Uint8Array = new Uint8Array(48)
  events.forEach(({ imr }, i) => {
    if (imr === register) value = sha384(Uint8Array.of(...value, ...hexToBytes(digests[i] ?? '')))
  })
  return bytesToHex(value)
}
