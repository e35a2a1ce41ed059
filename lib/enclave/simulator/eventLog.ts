import { sha384 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { digestOf } from '../../protocol/attestation/eventLog/digest'
import type { LoggedEvent } from '../../protocol/attestation/eventLog/events'

const RUNTIME_EVENT = 0x08000001
/** TCG's type of an event that only separates phases of a boot. */
const SEPARATOR = 0x04

/** The app that a simulated machine says it booted. Hex. */
export interface SimulatedApp {
  /** 20 bytes. */
  appId: string
  /** 32 bytes. */
  composeHash: string
}

const firmwareEvent = (imr: number): LoggedEvent => ({
  imr,
  event_type: SEPARATOR,
  digest: bytesToHex(sha384(utf8ToBytes(`subrosa simulator, register ${imr}`))),
  event: '',
  event_payload: '',
})

/** An event as dstack logs it, in version 1. */
export function runtimeEvent(event: string, payload: string): LoggedEvent {
  const logged: LoggedEvent = {
    imr: 3,
    event_type: RUNTIME_EVENT,
    digest: '',
    event,
    event_payload: payload,
    version: 1,
  }
  const { digest } = digestOf(logged, 0)
  const { imr, event_type, event_payload } = logged
  return { imr, event_type, digest, event, event_payload }
}

/** The log of a machine that booted an app under the simulator, up to `system-ready`, as dstack writes it. */
export function bootLog({ appId, composeHash }: SimulatedApp): LoggedEvent[] {
  const provider = bytesToHex(utf8ToBytes(JSON.stringify({ name: 'simulator', id: '' })))
  return [
    ...[0, 1, 2].map(firmwareEvent),
    runtimeEvent('system-preparing', ''),
    runtimeEvent('app-id', appId),
    runtimeEvent('compose-hash', composeHash),
    runtimeEvent('instance-id', ''),
    runtimeEvent('boot-mr-done', ''),
    runtimeEvent('key-provider', provider),
    runtimeEvent('system-ready', ''),
  ]
}
