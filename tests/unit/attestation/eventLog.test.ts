import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bootLog, runtimeEvent } from '../../../lib/enclave/simulator/eventLog'
import { body, makeQuote, pki, verifySimulated } from './support/simulated'
import { parsePolicy } from '../../../lib/protocol/attestation/policy'
import { altered, check, DSTACK, verify } from './support/vectors'

type Event = Record<string, unknown>
const TYPE = 0x08000001
const hex = (text: string) => Buffer.from(text).toString('hex')
const sha384 = (input: string | Buffer) => createHash('sha384').update(input).digest()
const app = { appId: 'aa'.repeat(20), composeHash: 'bb'.repeat(32) }
const boot: Event[] = bootLog(app).map((event) => ({ ...event }))
const start = boot.findIndex(({ event }) => event === 'app-id')

/** An event in version 2, its digest computed here, by what dstack's documentation says. */
function second(event: string, payload: string): Event {
  const digest = sha384(`{"name":"${event}","payload":"${payload}","type":${TYPE}}`).toString('hex')
  return { imr: 3, event_type: TYPE, event, event_payload: payload, digest, version: 2 }
}

/** A quote whose registers are what this log replays to, computed with Node's own hash. */
function quoteFor(log: Event[]) {
  const register = (index: number) =>
    log
      .filter(({ imr }) => imr === index)
      .reduce<Buffer>(
        (mr, { digest }) => sha384(Buffer.concat([mr, Buffer.from(digest as string, 'hex')])),
        Buffer.alloc(48),
      )
  const value = (index: number) => new Uint8Array(register(index))
  return makeQuote(pki, body({ rtmr0: value(0), rtmr1: value(1), rtmr2: value(2), rtmr3: value(3) }))
}
/** A log that its quote confirms: what is refused then is refused for what it says. */
const confirmed = (log: Event[], policy = {}) => verifySimulated({ quote: quoteFor(log), eventLog: log, policy })
const inserted = (at: number, ...events: Event[]) => [...boot.slice(0, at), ...events, ...boot.slice(at)]

describe('a real log', () => {
  const changed = (change: (log: Event[]) => unknown) => {
    const eventLog = structuredClone(DSTACK.eventLog)
    return verify({ ...DSTACK, eventLog: (change(eventLog), eventLog) })
  }

  it.each<[string, (log: Event[]) => unknown, string]>([
    ['another payload', (log) => (log[21]!.event_payload = '00'.repeat(20)), 'EVENT_DIGEST_MISMATCH'],
    ['another name', (log) => (log[21]!.event = 'app-ID'), 'EVENT_DIGEST_MISMATCH'],
    ['another digest', (log) => (log[21]!.digest = '00'.repeat(48)), 'EVENT_DIGEST_MISMATCH'],
    ['another firmware digest', (log) => (log[0]!.digest = '00'.repeat(48)), 'RTMR_REPLAY_MISMATCH'],
    ['another register', (log) => (log[21]!.imr = 2), 'RTMR_REPLAY_MISMATCH'],
    ['another type', (log) => (log[27]!.event_type = 1), 'EVENT_DIGEST_MISMATCH'],
    ['another type, before the boundary', (log) => (log[21]!.event_type = 4), 'EVENT_DIGEST_MISMATCH'],
    [
      'every event of RTMR3 of another type',
      (log) => log.forEach((event) => event.imr === 3 && (event.event_type = 4)),
      'EVENT_DIGEST_MISMATCH',
    ],
    ['an event less', (log) => log.pop(), 'RTMR3_REPLAY_MISMATCH'],
    ['an event more', (log) => log.push(log[27]!), 'RTMR3_REPLAY_MISMATCH'],
    ['two exchanged', (log) => log.push(...log.splice(21, 1)), 'RTMR3_REPLAY_MISMATCH'],
    ['no boundary', (log) => log.splice(26, 1), 'RTMR3_REPLAY_MISMATCH'],
    ['a register out of range', (log) => (log[0]!.imr = 4), 'EVENT_LOG_MALFORMED'],
    ['a digest of another length', (log) => (log[0]!.digest = '00'), 'EVENT_LOG_MALFORMED'],
    ['a firmware event without a digest', (log) => (log[0]!.digest = ''), 'EVENT_DIGEST_MISMATCH'],
    ['a payload that is not hex', (log) => (log[21]!.event_payload = 'xyz'), 'EVENT_LOG_MALFORMED'],
    ['a digest left out', (log) => delete log[21]!.digest, 'none'],
    ['the firmware left out', (log) => log.splice(0, 20), 'none'],
  ])('with %s: %s', async (_what, change, code) => {
    const verdict = await changed(change)
    expect(verdict.code ?? 'none').toBe(code)
    if (code !== 'none' && code !== 'RTMR_REPLAY_MISMATCH') expect(verdict.app).toBeNull()
  })

  it('that is no list', async () => {
    for (const eventLog of ['[]', {}, 7, [7]])
      expect(await verify({ ...DSTACK, eventLog })).toMatchObject({ ok: false, code: 'EVENT_LOG_MALFORMED' })
  })

  it('of another machine', async () => {
    expect(await confirmed(DSTACK.eventLog)).toMatchObject({ ok: true })
    expect(await verifySimulated({ eventLog: DSTACK.eventLog })).toMatchObject({
      ok: false,
      code: 'RTMR_REPLAY_MISMATCH',
    })
  })
})

describe('what the boot states', () => {
  it('is believed up to system-ready, in both versions of the digest', async () => {
    expect(await confirmed(boot)).toMatchObject({ ok: true, app })
    const log = boot.map((event) =>
      event.event_type === TYPE ? second(event.event as string, event.event_payload as string) : event,
    )
    expect(await confirmed(log)).toMatchObject({ ok: true, app })
    const bare = log.map((event) => ({ ...event, digest: event.event_type === TYPE ? '' : event.digest }))
    expect(await verifySimulated({ quote: quoteFor(log), eventLog: bare })).toMatchObject({ ok: true, app })
  })

  it('is version 2 in the layout of dstack’s later releases too', async () => {
    const { event, event_payload: payload } = boot[start]!
    const text = `{"event":"${event as string}","event_type":${TYPE},"payload":"${payload as string}","version":2}`
    const log = boot.with(start, { ...boot[start]!, digest: sha384(text).toString('hex'), version: 2 })
    expect(await confirmed(log)).toMatchObject({ ok: true, app })
  })

  it('is of the version that the event says', async () => {
    const log = boot.with(start, { ...boot[start]!, version: 2 })
    expect(await confirmed(log)).toMatchObject({ ok: false, code: 'EVENT_DIGEST_MISMATCH' })
    const other = boot.with(start, { ...second('app-id', app.appId), version: 1 })
    expect(await confirmed(other)).toMatchObject({ ok: false, code: 'EVENT_DIGEST_MISMATCH' })
  })

  it.each(['app-id', 'compose-hash', 'key-provider', 'instance-id'])('may not be stated twice: %s', async (event) => {
    const log = inserted(start, { ...runtimeEvent(event, 'cc'.repeat(20)) })
    expect(await confirmed(log)).toMatchObject({ ok: false, code: 'EVENT_DUPLICATED', app: null })
  })

  it.each(['app-id', 'compose-hash', 'key-provider', 'system-ready'])(
    'is not the app’s to state: %s',
    async (event) => {
      const log = [...boot, { ...runtimeEvent(event, 'cc'.repeat(20)) }, { ...runtimeEvent(event, '') }]
      expect(await confirmed(log)).toMatchObject({ ok: true, app })
    },
  )

  it.each(['app-id', 'compose-hash', 'key-provider', 'system-ready'])(
    'must be there before the end: %s',
    async (event) => {
      const log = boot.filter((logged) => logged.event !== event)
      expect(await confirmed(log)).toMatchObject({ ok: false, code: 'BOOT_EVENTS_MISSING', app: null })
      if (event === 'system-ready') return
      const late = [
        ...log,
        { ...runtimeEvent(event, boot.find((logged) => logged.event === event)!.event_payload as string) },
      ]
      expect(await confirmed(late)).toMatchObject({ ok: false, code: 'BOOT_EVENTS_MISSING', app: null })
    },
  )

  it('is not believed from another register', async () => {
    const other = { ...boot[start]!, imr: 2 }
    expect(await confirmed(boot.with(start, other))).toMatchObject({ ok: false, code: 'BOOT_EVENTS_MISSING' })
  })

  it.each([
    ['in place of a fact', (fact: Event) => boot.with(start, { ...fact, event_type: 6 })],
    ['beside the facts', (fact: Event) => inserted(start, { ...fact, event_type: 6, event_payload: 'cc'.repeat(20) })],
    ['after the end', (fact: Event) => [...boot, { ...fact, event_type: 6 }]],
    ['with a digest alone', ({ digest }: Event) => [...boot, { imr: 3, event_type: 0, digest }]],
  ])('leaves no room in RTMR3 for another type of event: %s', async (_where, change) => {
    const verdict = await confirmed(change(boot[start]!))
    expect(verdict).toMatchObject({ ok: false, code: 'EVENT_DIGEST_MISMATCH', app: null })
  })

  it.each([
    ['app-id', 'aa'],
    ['compose-hash', 'bb'],
    ['key-provider', hex('{"id":"x"}')],
    ['key-provider', 'ff'],
  ])('must be of its form: %s %s', async (event, payload) => {
    const log = boot.map((logged) => (logged.event === event ? { ...runtimeEvent(event, payload) } : logged))
    expect(await confirmed(log)).toMatchObject({ ok: false, code: 'BOOT_EVENTS_MISSING' })
  })

  it('has names without a colon, which would leave open where the name ends', async () => {
    // Its bytes are those of an event "note" with the payload "app-id:…" too.
    const log = inserted(start, { ...runtimeEvent('note:app-id', '00') })
    expect(await confirmed(log)).toMatchObject({ ok: false, code: 'EVENT_DUPLICATED' })
    expect(await confirmed([...boot, { ...runtimeEvent('note:app-id', '00') }])).toMatchObject({ ok: true })
  })

  it('is held against the policy', async () => {
    const good = {
      appIds: [app.appId],
      composeHashes: [app.composeHash],
      keyProviders: [{ name: 'simulator', id: '' }],
    }
    expect(await confirmed(boot, good)).toMatchObject({ ok: true })
    const wrong = [
      [{ appIds: ['00'.repeat(20)] }, 'APP_ID_UNACCEPTED'],
      [{ composeHashes: [] }, 'COMPOSE_HASH_UNACCEPTED'],
      [{ keyProviders: [{ name: 'kms' }] }, 'KEY_PROVIDER_UNACCEPTED'],
      [{ keyProviders: [{ name: 'simulator', id: 'other' }] }, 'KEY_PROVIDER_UNACCEPTED'],
    ] as const
    for (const [policy, code] of wrong) expect(await confirmed(boot, policy)).toMatchObject({ ok: false, code })
  })

  it('cannot be known without a log', async () => {
    const verdict = await verifySimulated({ policy: { appIds: [app.appId] } })
    expect(verdict).toMatchObject({ ok: false, code: 'EVENT_LOG_MALFORMED' })
    expect(check(verdict, 'app-id').ok).toBeNull()
  })
})

describe('an app that is not ours, on the genuine image', () => {
  const provider = boot.find(({ event }) => event === 'key-provider')!.event_payload as string
  const foreign = bootLog({ appId: 'ee'.repeat(20), composeHash: 'dd'.repeat(32) }).map((event): Event => ({
    ...event,
  }))
  // Once it runs, it may log whatever it likes: our own facts, word for word.
  const claimed: Event[] = [
    runtimeEvent('app-id', app.appId),
    runtimeEvent('compose-hash', app.composeHash),
    runtimeEvent('key-provider', provider),
    runtimeEvent('system-ready', ''),
  ].map((event) => ({ ...event }))
  const honest = [...foreign, ...claimed]
  const quote = quoteFor(honest)
  const policy = { appIds: [app.appId], composeHashes: [app.composeHash], keyProviders: [{ name: 'simulator' }] }
  const judged = (eventLog: Event[]) => verifySimulated({ quote, eventLog, policy })

  it('is refused by its own facts', async () => {
    expect(await judged(honest)).toMatchObject({ ok: false, code: 'APP_ID_UNACCEPTED' })
  })

  it.each([4, 0, 0x08000000, 0x08000002])(
    'does not pass as ours where its host calls its boot’s events type %i, so that the claimed ones come first',
    async (event_type) => {
      const relabelled = honest.map((event, i) =>
        event.event_type === TYPE && i < foreign.length ? { ...event, event_type } : event,
      )
      expect(await judged(relabelled)).toMatchObject({ ok: false, code: 'EVENT_DIGEST_MISMATCH', app: null })
    },
  )
})

describe('a real machine’s report with its log altered', () => {
  const honest = { composeHashes: [DSTACK.eventLog[22]!.event_payload] }
  const faked = { composeHashes: ['11'.repeat(32)] }
  it.each([
    ['dstack-log-type-changed', 'EVENT_DIGEST_MISMATCH'],
    ['dstack-log-type-v2', 'EVENT_DIGEST_MISMATCH'],
    ['dstack-log-name-space', 'EVENT_DIGEST_MISMATCH'],
    ['dstack-log-two-events-swapped', 'RTMR3_REPLAY_MISMATCH'],
    ['dstack-log-fake-in-imr2', 'COMPOSE_HASH_UNACCEPTED'],
  ])('%s', async (name, code) => {
    const report = altered(`${name}.json`) as { quote: string; event_log: string }
    const quote = new Uint8Array(Buffer.from(report.quote, 'hex'))
    const eventLog = JSON.parse(report.event_log) as unknown
    const under = (policy: object) => verify({ ...DSTACK, quote, eventLog, policy: parsePolicy(policy) })
    expect(await under(faked)).toMatchObject({ ok: false, code })
    // What is written beside a firmware event is nobody's statement: the boot's own facts still stand.
    const isHarmless = code === 'COMPOSE_HASH_UNACCEPTED'
    expect((await under(honest)).ok).toBe(isHarmless)
  })
})
