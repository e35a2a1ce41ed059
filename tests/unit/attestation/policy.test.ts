import { hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { parseCompletePolicy, policyScope } from '../../../lib/protocol/attestation/completePolicy'
import { bootLog } from '../../../lib/enclave/simulator/eventLog'
import { SIMULATED_APP } from '../../../lib/enclave/simulator/makeSimulatedEvidence'
import { replayRegister } from '../../../lib/protocol/attestation/eventLog/replay'
import { parsePolicy } from '../../../lib/protocol/attestation/policy'
import { reportDataOf, type RegistryEntry } from '../../../lib/protocol/attestation/reportData'
import { simulatorRoot, simulatorRootOn } from '../../../lib/protocol/attestation/simulatorRoot'
import { body, makeQuote, pki, ROOT, toPem, verifySimulated } from './support/simulated'
import { check } from './support/vectors'

describe('what the policy and the registry name', () => {
  const set = { mrtd: '01'.repeat(48), rtmr0: '02'.repeat(48), rtmr1: '03'.repeat(48), rtmr2: '04'.repeat(48) }
  it.each([
    ['mrtd', 'MRTD_UNACCEPTED'],
    ['rtmr0', 'RTMR0_UNACCEPTED'],
    ['rtmr1', 'RTMR1_UNACCEPTED'],
    ['rtmr2', 'RTMR2_UNACCEPTED'],
  ] as const)('another %s', async (register, code) => {
    expect(await verifySimulated({ policy: { measurements: [set] } })).toMatchObject({ ok: true })
    const policy = { measurements: [{ ...set, [register]: 'ff'.repeat(48) }] }
    expect(await verifySimulated({ policy })).toMatchObject({ ok: false, code })
  })

  it('registers of two sets do not combine', async () => {
    const measurements = [
      { ...set, rtmr1: 'ff'.repeat(48) },
      { ...set, mrtd: 'ff'.repeat(48) },
    ]
    expect(await verifySimulated({ policy: { measurements } })).toMatchObject({ ok: false, code: 'RTMR1_UNACCEPTED' })
    expect(await verifySimulated({ policy: { measurements: [] } })).toMatchObject({
      ok: false,
      code: 'MRTD_UNACCEPTED',
    })
  })

  it('a register that no set names is not checked', async () => {
    const verdict = await verifySimulated({ policy: { measurements: [{ mrtd: set.mrtd }] } })
    expect(verdict.ok).toBe(true)
    expect(check(verdict, 'rtmr1').ok).toBeNull()
  })

  it('other report data', async () => {
    expect(await verifySimulated({ policy: { reportData: '05'.repeat(64) } })).toMatchObject({ ok: true })
    const policy = { reportData: `04${'05'.repeat(63)}` }
    expect(await verifySimulated({ policy })).toMatchObject({ ok: false, code: 'REPORT_DATA_MISMATCH' })
  })

  it('an SGX enclave’s measurements are not met by a trust domain', async () => {
    expect(await verifySimulated({ policy: { mrEnclaves: [] } })).toMatchObject({ code: 'MRENCLAVE_UNACCEPTED' })
    expect(await verifySimulated({ policy: { mrSigners: [] } })).toMatchObject({ code: 'MRSIGNER_UNACCEPTED' })
  })

  it('another MRCONFIGID', async () => {
    const mrConfigId = new Uint8Array(48).fill(7)
    const quote = makeQuote(pki, body({ mrConfigId }))
    const pinned = (hex: string) => verifySimulated({ quote, policy: { mrConfigIds: [hex] } })
    expect(await pinned('07'.repeat(48))).toMatchObject({ ok: true })
    expect(await pinned('00'.repeat(48))).toMatchObject({ ok: false, code: 'CONFIG_ID_UNACCEPTED' })
  })

  const entry: RegistryEntry = {
    chainId: 31337n,
    registry: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
    signer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
    operator: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
    appId: `0x${'A9'.repeat(20)}`,
    epoch: 3n,
    publicKey: `0x04${'11'.repeat(64)}`,
    notBefore: 1_800_000_000n,
    notAfter: 1_800_086_400n,
  }

  /** A machine that booted the entry's app and states the entry. */
  function machineOf(stated: RegistryEntry) {
    const app = { ...SIMULATED_APP, appId: stated.appId.slice(2).toLowerCase() }
    const eventLog = bootLog(app)
    const digests = eventLog.map(({ digest }) => digest)
    const [rtmr0, rtmr1, rtmr2, rtmr3] = [0, 1, 2, 3].map((index) =>
      hexToBytes(replayRegister(eventLog, digests, index)),
    ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    return { quote: makeQuote(pki, body({ rtmr0, rtmr1, rtmr2, rtmr3, reportData: reportDataOf(stated) })), eventLog }
  }

  it('another registry entry, in any field', async () => {
    const { quote, eventLog } = machineOf(entry)
    expect(await verifySimulated({ quote, eventLog, registryEntry: entry })).toMatchObject({ ok: true })
    const others: Partial<RegistryEntry>[] = [
      { chainId: 1n },
      { registry: entry.signer },
      { signer: entry.registry },
      { operator: entry.registry },
      { epoch: 4n },
      { publicKey: `0x04${'12'.repeat(64)}` },
      { notBefore: 1n },
      { notAfter: 1n },
    ]
    for (const other of others)
      expect(await verifySimulated({ quote, eventLog, registryEntry: { ...entry, ...other } })).toMatchObject({
        ok: false,
        code: 'REGISTRY_ENTRY_MISMATCH',
      })
  })

  it('another app than the entry’s, or none that is proven', async () => {
    const { quote, eventLog } = machineOf(entry)
    const refused = { ok: false, code: 'REGISTRY_APP_MISMATCH' }
    const registryEntry = { ...entry, appId: `0x${'aa'.repeat(20)}` as const }
    expect(await verifySimulated({ quote, eventLog, registryEntry })).toMatchObject(refused)
    expect(await verifySimulated({ quote, registryEntry: entry })).toMatchObject(refused)
  })
})

describe('a complete policy', () => {
  const set = { mrtd: '01'.repeat(48), rtmr0: '02'.repeat(48), rtmr1: '03'.repeat(48), rtmr2: '04'.repeat(48) }
  const whole = {
    appIds: ['0a'.repeat(20)],
    composeHashes: ['0b'.repeat(32)],
    measurements: [set],
    keyProviders: [{ name: 'kms' }],
    acceptedTcbStatuses: ['UpToDate'],
  }
  const { rtmr1: _, ...threeRegisters } = set

  it('names app, compose file, four registers, key provider and TCB status', () => {
    expect(parseCompletePolicy(whole)).toEqual(parsePolicy(whole))
    expect(policyScope(parsePolicy(whole))).toBe('complete')
  })

  it.each<[object, string]>([
    ...Object.keys(whole).flatMap((field): [object, string][] => [
      [{ ...whole, [field]: undefined }, field],
      [{ ...whole, [field]: [] }, field],
    ]),
    [
      { ...whole, measurements: [set, { mrtd: set.mrtd }] },
      'measurements.1.rtmr0, measurements.1.rtmr1, measurements.1.rtmr2',
    ],
    [{ ...whole, measurements: [threeRegisters] }, 'measurements.0.rtmr1'],
    [{}, 'appIds, composeHashes, measurements, keyProviders, acceptedTcbStatuses'],
    [{ acceptedTcbStatuses: ['UpToDate'] }, 'appIds, composeHashes, measurements, keyProviders'],
    [{ mrEnclaves: [] }, 'appIds, composeHashes, measurements, keyProviders, acceptedTcbStatuses'],
  ])('%j is refused: it leaves open %s', (policy, gaps) => {
    const refusal = { code: 'INVALID_FIELD', field: 'policy', details: `it leaves open: ${gaps}` }
    expect(() => parseCompletePolicy(policy)).toThrow(expect.objectContaining(refusal) as Error)
  })

  it('that leaves something open is told in the verdict', async () => {
    expect(await verifySimulated()).toMatchObject({ ok: true, policy: 'none' })
    expect(await verifySimulated({ policy: { measurements: [set] } })).toMatchObject({ ok: true, policy: 'partial' })
    expect(await verifySimulated({ policy: whole })).toMatchObject({ ok: false, policy: 'complete' })
  })
})

describe('a policy', () => {
  it.each([
    [{ acceptedTcbStatuses: ['Revoked'] }, 'policy.acceptedTcbStatuses.0'],
    [{ acceptedTcbStatuses: ['Fine'] }, 'policy.acceptedTcbStatuses.0'],
    [{ reportData: '00' }, 'policy.reportData'],
    [{ measurements: [{ rtmr0: '00'.repeat(48) }] }, 'policy.measurements.0.mrtd'],
    [{ appIds: 'all' }, 'policy.appIds'],
    [{ allowDebug: true }, 'policy'],
    [[], 'policy'],
  ])('%j is refused', (policy, field) => {
    expect(() => parsePolicy(policy)).toThrow(expect.objectContaining({ code: 'INVALID_FIELD', field }) as Error)
  })
})

describe('a simulator’s root', () => {
  const pem = toPem(pki.certificates.root)
  it('is told by one certificate', () => {
    expect(simulatorRoot(pem)).toEqual(ROOT)
    expect(() => simulatorRoot(pem + pem)).toThrow('not one certificate')
  })

  it('is there for verifiers of the local chain only', () => {
    const { fingerprint } = ROOT
    expect(simulatorRootOn(31337n, fingerprint)).toEqual(ROOT)
    expect(simulatorRootOn(31337n, undefined)).toBeUndefined()
    for (const chainId of [1n, 31338n, undefined]) expect(simulatorRootOn(chainId, fingerprint)).toBeUndefined()
    expect(() => simulatorRootOn(31337n, pem)).toThrow('64 hex digits')
  })
})
