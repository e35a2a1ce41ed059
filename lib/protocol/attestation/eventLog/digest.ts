import { sha384 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { demand } from '../rejection'
import { RUNTIME_REGISTER, type LoggedEvent } from './events'

/** Events that dstack logs at run time, boot facts among them; the others are the firmware's. */
const RUNTIME_EVENT = 0x08000001

/** Version 1: SHA384(LE32(type) | ":" | name | ":" | payload). */
function digestV1({ event, event_payload }: LoggedEvent): string {
  const type = Uint8Array.of(0x01, 0x00, 0x00, 0x08)
  const input = [type, utf8ToBytes(`:${event}:`), hexToBytes(event_payload)]
  const hash = sha384.create()
  for (const part of input) hash.update(part)
  return bytesToHex(hash.digest())
}

/** Version 2: SHA384 of canonical JSON (RFC 8785), in the two layouts that dstack's releases have used. */
function digestsV2({ event, event_payload }: LoggedEvent): string[] {
  const layouts = [
    { name: event, payload: event_payload, type: RUNTIME_EVENT },
    { event, event_type: RUNTIME_EVENT, payload: event_payload, version: 2 },
  ]
  return layouts.map((layout) => bytesToHex(sha384(utf8ToBytes(JSON.stringify(layout)))))
}

/** A runtime event's digest, and whether its preimage leaves open where the name ends. */
export interface EventDigest {
  digest: string
  isNameAmbiguous: boolean
}

/**
 * The digest that an event extended its register with: recomputed where dstack logged it, else as it stands.
 *
 * In RTMR3 nothing stands as it is: an event's type is not part of any digest, so that whoever writes the log, the machine's host,
 * could call the boot's own events by another type, have them replayed unread, and let what the app logged later pass for the boot's.
 * @throws Rejection where the event states another, or is one of RTMR3 whose digest cannot be recomputed.
 */
export function digestOf(logged: LoggedEvent, index: number): EventDigest {
  const { digest, version, event, event_type: type } = logged
  if (type !== RUNTIME_EVENT) {
    demand(logged.imr !== RUNTIME_REGISTER, `event ${index} of RTMR3 is of type ${type}, whose digest says nothing`)
    demand(digest !== '', `event ${index} has no digest`)
    return { digest, isNameAmbiguous: false }
  }
  const second = version === 1 ? [] : digestsV2(logged)
  if (second.includes(digest)) return { digest, isNameAmbiguous: false }
  if (version === 2) {
    demand(
      digest === '' && second[0] !== undefined,
      `event ${index} (${event}): its digest is not that of its contents`,
    )
    return { digest: second[0], isNameAmbiguous: false }
  }
  const first = digestV1(logged)
  demand(digest === '' || digest === first, `event ${index} (${event}): its digest is not that of its contents`)
  return { digest: first, isNameAmbiguous: event.includes(':') }
}
