import { runtimeEvent } from '../../../../../lib/enclave/simulator/eventLog'
import type { LoggedEvent } from '../../../../../lib/protocol/attestation/eventLog/events'
import { stated, type World } from '../world'
import type { FieldRow } from './fieldRow'

const list = (change: (log: LoggedEvent[]) => unknown) => (world: World) =>
  void change(world.carried.log as LoggedEvent[])
const firmware = (change: Partial<LoggedEvent>) => list((log) => Object.assign(log[0]!, change))
const appId = (log: LoggedEvent[]) => log.findIndex(({ event }) => event === 'app-id')
const fact = (change: Partial<LoggedEvent>) => list((log) => Object.assign(log[appId(log)]!, change))

/** The log as JSON that anybody may write, beside a quote that stays as it is. */
const CARRIED: FieldRow[] = [
  ['event log', 'none', (w) => (w.carried.log = null), 'EVENT_LOG_MALFORMED'],
  ['event log', 'no list', (w) => (w.carried.log = {}), 'EVENT_LOG_MALFORMED'],
  ['event log', 'empty', (w) => (w.carried.log = []), 'RTMR3_REPLAY_MISMATCH'],
  ['event log', 'an event less', list((log) => log.pop()), 'RTMR3_REPLAY_MISMATCH'],
  ['event log', 'an event more', list((log) => log.push(runtimeEvent('note', '00'))), 'RTMR3_REPLAY_MISMATCH'],
  ['event log', 'two exchanged', list((log) => log.push(...log.splice(appId(log), 1))), 'RTMR3_REPLAY_MISMATCH'],
  ['event: imr', 'a fact’s', fact({ imr: 2 }), 'RTMR_REPLAY_MISMATCH'],
  ['event: event_type', 'a fact’s', fact({ event_type: 4 }), 'EVENT_DIGEST_MISMATCH'],
  ['event: event_type', 'the firmware’s', firmware({ event_type: 5 }), null],
  ['event: digest', 'a fact’s', fact({ digest: '00'.repeat(48) }), 'EVENT_DIGEST_MISMATCH'],
  ['event: digest', 'a fact’s, left out', fact({ digest: '' }), null],
  ['event: digest', 'the firmware’s', firmware({ digest: '00'.repeat(48) }), 'RTMR_REPLAY_MISMATCH'],
  ['event: digest', 'the firmware’s, left out', firmware({ digest: '' }), 'EVENT_DIGEST_MISMATCH'],
  ['event: event, event_payload', 'a fact’s name', fact({ event: 'app-iD' }), 'EVENT_DIGEST_MISMATCH'],
  ['event: event, event_payload', 'its payload', fact({ event_payload: '00'.repeat(20) }), 'EVENT_DIGEST_MISMATCH'],
  [
    'event: event, event_payload',
    'the firmware’s',
    firmware({ event: 'app-id', event_payload: '00'.repeat(20) }),
    null,
  ],
  ['event: version', 'a fact’s', fact({ version: 2 }), 'EVENT_DIGEST_MISMATCH'],
]

const booted = (event: string, payload: string) => (world: World) => (world.boot = stated(event, payload))
const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('hex')
const again = runtimeEvent('app-id', 'cc'.repeat(20))
const honest = () => stated('instance-id', '')

/** What extended RTMR3: the guest's boot, and then the app. The quote says so too. */
const BOOTED: FieldRow[] = [
  ['fact: app-id', 'another', booted('app-id', 'cc'.repeat(20)), 'APP_ID_UNACCEPTED'],
  ['fact: app-id', 'of another length', booted('app-id', 'aa'), 'BOOT_EVENTS_MISSING'],
  ['fact: compose-hash', 'another', booted('compose-hash', 'cc'.repeat(32)), 'COMPOSE_HASH_UNACCEPTED'],
  ['fact: compose-hash', 'of another length', booted('compose-hash', 'bb'), 'BOOT_EVENTS_MISSING'],
  ['fact: key-provider', 'another', booted('key-provider', json({ name: 'kms', id: '' })), 'KEY_PROVIDER_UNACCEPTED'],
  [
    ...(['fact: key-provider', 'of another id'] as const),
    booted('key-provider', json({ name: 'simulator', id: '00' })),
    'KEY_PROVIDER_UNACCEPTED',
  ],
  ['fact: key-provider', 'without a name', booted('key-provider', json({ id: '' })), 'BOOT_EVENTS_MISSING'],
  ['fact: instance-id', 'another', booted('instance-id', '00'), null],
  ['fact: system-ready', 'none', (w) => (w.boot = honest().slice(0, -1)), 'BOOT_EVENTS_MISSING'],
  ['fact, twice', 'before system-ready', (w) => (w.boot = honest().toSpliced(4, 0, again)), 'EVENT_DUPLICATED'],
  ['fact, twice', 'after it, by the app', (w) => (w.boot = [...honest(), again]), null],
]

/** The event log: as it is carried, and as the machine lived it. */
export const LOG_ROWS = [...CARRIED, ...BOOTED]
