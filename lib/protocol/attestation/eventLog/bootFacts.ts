import { hexToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { demand, Rejection } from '../rejection'
import type { EventDigest } from './digest'
import { RUNTIME_REGISTER, type LoggedEvent } from './events'

/** What dstack's boot states before the app runs. From then on the app may log any event, under these names too. */
const BOUNDARY = 'system-ready'
const TRUSTED_NAMES = new Set([
  'system-preparing',
  'app-id',
  'compose-hash',
  'instance-id',
  'boot-mr-done',
  'mr-kms',
  'os-image-hash',
  'key-provider',
  'storage-fs',
  BOUNDARY,
])

/** The app that a dstack machine booted. Hex in lower case. */
export interface BootFacts {
  appId: string
  composeHash: string
  /** Who gives the app its keys, such as `local-sgx` or `kms`. */
  keyProvider: string
  keyProviderId: string
}

/**
 * The events that the boot logged: those of RTMR3, all of which dstack wrote (`digestOf`), up to `system-ready`.
 * @throws Rejection where a trusted name is there twice, or the name of an event is open to another reading.
 */
export function bootEvents(events: LoggedEvent[], digests: EventDigest[]): Map<string, string> {
  const facts = new Map<string, string>()
  for (const [i, logged] of events.entries()) {
    if (logged.imr !== RUNTIME_REGISTER) continue
    demand(digests[i]?.isNameAmbiguous === false, `event ${i}: a name with a colon could be read in two ways`)
    if (!TRUSTED_NAMES.has(logged.event)) continue
    demand(!facts.has(logged.event), `event ${logged.event} is there twice before ${BOUNDARY}`)
    facts.set(logged.event, logged.event_payload)
    if (logged.event === BOUNDARY) break
  }
  return facts
}

const provider = z.object({ name: z.string(), id: z.string().default('') })

function readProvider(payload: string): z.output<typeof provider> {
  try {
    return provider.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(hexToBytes(payload))))
  } catch {
    throw new Rejection('the key provider is not stated as JSON with a name')
  }
}

/** @throws Rejection unless the boot stated app id, compose hash and key provider, each of its form, and then was ready. */
export function readBootFacts(facts: Map<string, string>): BootFacts {
  demand(facts.has(BOUNDARY), `no ${BOUNDARY}: nothing tells the boot's events from the app's`)
  const [appId, composeHash, keyProvider] = [facts.get('app-id'), facts.get('compose-hash'), facts.get('key-provider')]
  demand(appId?.length === 40, 'the boot stated no app id of 20 bytes')
  demand(composeHash?.length === 64, 'the boot stated no compose hash of 32 bytes')
  demand(keyProvider !== undefined, 'the boot stated no key provider')
  const { name, id } = readProvider(keyProvider)
  return { appId, composeHash, keyProvider: name, keyProviderId: id }
}
