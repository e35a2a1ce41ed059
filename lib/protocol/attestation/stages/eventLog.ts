import { bytesToHex } from '@noble/hashes/utils.js'
import type { Checklist } from '../checklist'
import { bootEvents, readBootFacts, type BootFacts } from '../eventLog/bootFacts'
import { digestOf } from '../eventLog/digest'
import { parseEventLog, RUNTIME_REGISTER, type LoggedEvent } from '../eventLog/events'
import { replayRegister } from '../eventLog/replay'
import type { AttestationPolicy } from '../policy'
import type { Quote } from '../quote/parseQuote'
import type { TdReport } from '../quote/tdReport'
import { demand, Rejection } from '../rejection'
import { checkAllowed } from './measurements'

const LOG_CHECKS = ['event-log-structure', 'event-digests', 'event-duplicates', 'rtmr-replay', 'rtmr3-replay'] as const
const FACT_CHECKS = ['boot-events', 'app-id', 'compose-hash', 'key-provider'] as const

function demandReplay(events: LoggedEvent[], digests: string[], report: TdReport, registers: number[]): void {
  for (const register of registers) {
    const value = replayRegister(events, digests, register)
    const quoted = bytesToHex(report.rtmrs[register] ?? new Uint8Array())
    demand(value === quoted, `RTMR${register} replays to ${value}, the quote says ${quoted}`)
  }
}

async function checkReplay(list: Checklist, events: LoggedEvent[], digests: string[], report: TdReport): Promise<void> {
  // A log may leave the firmware's registers out; the policy's measurements cover those.
  const logged = [0, 1, 2].filter((register) => events.some(({ imr }) => imr === register))
  if (logged.length === 0) list.skip('rtmr-replay', 'the log has no events of RTMR0-2')
  else {
    const names = logged.map((register) => `RTMR${register}`).join(', ')
    await list.run(
      'rtmr-replay',
      () => demandReplay(events, digests, report, logged),
      () => names,
    )
  }
  const count = events.filter(({ imr }) => imr === RUNTIME_REGISTER).length
  const replay = () => demandReplay(events, digests, report, [RUNTIME_REGISTER])
  await list.run('rtmr3-replay', replay, () => `${count} events`)
}

async function checkFacts(list: Checklist, facts: BootFacts, policy: AttestationPolicy): Promise<void> {
  await checkAllowed(list, 'app-id', facts.appId, policy.appIds)
  await checkAllowed(list, 'compose-hash', facts.composeHash, policy.composeHashes)
  const { keyProvider: name, keyProviderId: id } = facts
  const { keyProviders } = policy
  if (!keyProviders) list.skip('key-provider', `the policy does not ask; ${name}`)
  else {
    const isKnown = () =>
      keyProviders.some((known) => known.name === name && (known.id === undefined || known.id === id))
    await list.run(
      'key-provider',
      () => demand(isKnown(), `${name} ${id} is not on the list`),
      () => `${name} ${id}`,
    )
  }
}

/**
 * The event log, replayed to the quote's registers, and what the boot stated in it (PROTOCOL.md section 10). The facts are given only
 * where they are proven.
 */
export async function checkEventLog(
  list: Checklist,
  quote: Quote,
  eventLog: unknown,
  policy: AttestationPolicy,
): Promise<BootFacts | null> {
  if (eventLog === undefined || eventLog === null) {
    const isNeeded = policy.appIds ?? policy.composeHashes ?? policy.keyProviders
    if (!isNeeded) for (const name of [...LOG_CHECKS, ...FACT_CHECKS]) list.skip(name, 'no event log was given')
    else {
      const reason = 'the policy asks what the boot stated, but no event log was given'
      await list.run(
        'event-log-structure',
        () => demand(false, reason),
        () => '',
      )
    }
    return null
  }
  const events = await list.run(
    'event-log-structure',
    () => {
      if (quote.tee === 'sgx') throw new Rejection('an SGX enclave has no event log')
      return parseEventLog(eventLog)
    },
    ({ length }) => `${length} events`,
  )
  if (!events || quote.tee === 'sgx') return null
  const digests = await list.run(
    'event-digests',
    () => events.map(digestOf),
    () => 'each of RTMR3 recomputed from its contents',
  )
  if (!digests) return null
  const stated = await list.run(
    'event-duplicates',
    () => bootEvents(events, digests),
    (facts) => [...facts.keys()].join(', ') || 'none',
  )
  await checkReplay(
    list,
    events,
    digests.map(({ digest }) => digest),
    quote.report,
  )
  if (!stated || !list.passed('rtmr3-replay')) return null
  const facts = await list.run(
    'boot-events',
    () => readBootFacts(stated),
    ({ appId }) => `app ${appId}`,
  )
  if (!facts) return null
  await checkFacts(list, facts, policy)
  return facts
}
