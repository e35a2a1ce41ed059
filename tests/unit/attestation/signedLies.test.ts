import { describe, expect, it } from 'vitest'
import { convergeStatus } from '../../../lib/protocol/attestation/tcb/status'
import { makeSimulatedPki, SIMULATED_PLATFORM } from '../../../lib/enclave/simulator/pki'
import { hexToBytes } from '@noble/hashes/utils.js'
import {
  AT,
  body,
  certificate,
  makeQuote,
  pki,
  verifySimulated,
  withQeIdentity,
  withTcbInfo,
  type QeIdentityJson,
  type TcbInfoJson,
} from './support/simulated'

/** Evidence whose every signature holds: what is refused here is refused for what it says. */
const quoteOf = (change: Parameters<typeof body>[0], version?: 4 | 5) => makeQuote(pki, body(change), version)
const bytes = (hex: string) => hexToBytes(hex)
const td = (hex: string) => ({ tdAttributes: bytes(hex) })

it('holds as it is', async () => {
  expect(await verifySimulated()).toMatchObject({ ok: true, root: 'simulator', tcbStatus: 'UpToDate' })
})

describe('a trust domain', () => {
  it.each([
    ['under debug', td('0100001000000000'), 'DEBUG_ENABLED'],
    ['under profiling', td('2000001000000000'), 'DEBUG_ENABLED'],
    ['whose pages the host may pull away', td('0000000000000000'), 'TD_ATTRIBUTES_UNACCEPTED'],
    ['that may migrate', td('0000003000000000'), 'TD_ATTRIBUTES_UNACCEPTED'],
    ['with a reserved low bit', td('0001001000000000'), 'TD_ATTRIBUTES_UNACCEPTED'],
    ['with a reserved high bit', td('0000001001000000'), 'TD_ATTRIBUTES_UNACCEPTED'],
    ['without a fixed feature', { xfam: bytes('e602060000000000') }, 'TD_ATTRIBUTES_UNACCEPTED'],
    ['with a reserved feature', { xfam: bytes('e702160000000000') }, 'TD_ATTRIBUTES_UNACCEPTED'],
    ['of a debug module', { seamAttributes: bytes('0100000000000000') }, 'SEAM_ATTRIBUTES_UNACCEPTED'],
    ['of a module signed by another', { mrSignerSeam: new Uint8Array(48).fill(1) }, 'TDX_MODULE_UNKNOWN'],
    ['of a module of unknown version', { teeTcbSvn: bytes(`0602${'03'.padEnd(28, '0')}`) }, 'TDX_MODULE_UNKNOWN'],
    ['of a module below every level', { teeTcbSvn: bytes(`0501${'03'.padEnd(28, '0')}`) }, 'TDX_MODULE_UNKNOWN'],
    ['on a platform below every level', { teeTcbSvn: bytes(`0601${'02'.padEnd(28, '0')}`) }, 'TCB_LEVEL_UNMATCHED'],
  ])('%s', async (_what, change, code) => {
    for (const version of [4, 5] as const)
      expect(await verifySimulated({ quote: quoteOf(change, version) })).toMatchObject({ ok: false, code })
  })

  it.each([td('000000d000000000'), td('0000001000000080')])('may have keys and counters: %j', async (change) => {
    expect(await verifySimulated({ quote: quoteOf(change) })).toMatchObject({ ok: true })
  })

  it('that a service domain is bound to', async () => {
    const quote = quoteOf({ mrServiceTd: new Uint8Array(48).fill(1) }, 5)
    expect(await verifySimulated({ quote })).toMatchObject({ ok: false, code: 'TD_ATTRIBUTES_UNACCEPTED' })
  })

  it('of a module without a version is judged by the platform’s components', async () => {
    const quote = quoteOf({ teeTcbSvn: bytes(`0600${'03'.padEnd(28, '0')}`) })
    const change = (svn: number) =>
      withTcbInfo(({ tcbLevels: [level] }) => {
        level!.tcb.tdxtcbcomponents[0]!.svn = svn
      })
    expect(await verifySimulated({ quote, change: change(6) })).toMatchObject({ ok: true })
    expect(await verifySimulated({ quote, change: change(7) })).toMatchObject({ code: 'TCB_LEVEL_UNMATCHED' })
  })
})

describe('TCB info that says', () => {
  it.each<[string, (info: TcbInfoJson) => void, string]>([
    ['another version', (info) => (info.version = 2), 'TCB_INFO_MALFORMED'],
    ['another way to compare', (info) => (info.tcbType = 1), 'TCB_INFO_MALFORMED'],
    ['no levels', (info) => (info.tcbLevels = []), 'TCB_INFO_MALFORMED'],
    ['fifteen components', (info) => info.tcbLevels[0]!.tcb.sgxtcbcomponents.pop(), 'TCB_INFO_MALFORMED'],
    ['an unknown status', (info) => (info.tcbLevels[0]!.tcbStatus = 'Fine'), 'TCB_INFO_MALFORMED'],
    ['SGX', (info) => (info.id = 'SGX'), 'PLATFORM_MISMATCH'],
    ['another FMSPC', (info) => (info.fmspc = '000000000000'), 'PLATFORM_MISMATCH'],
    ['another PCE', (info) => (info.pceId = '0001'), 'PLATFORM_MISMATCH'],
    ['that it expired', (info) => (info.nextUpdate = '2020-01-01T00:00:00Z'), 'TCB_INFO_EXPIRED'],
    ['that it is from the future', (info) => (info.issueDate = '2099-01-01T00:00:00Z'), 'TCB_INFO_EXPIRED'],
    ['a higher SGX component', (info) => (info.tcbLevels[0]!.tcb.sgxtcbcomponents[7]!.svn = 6), 'TCB_LEVEL_UNMATCHED'],
    ['a higher PCE SVN', (info) => (info.tcbLevels[0]!.tcb.pcesvn = 14), 'TCB_LEVEL_UNMATCHED'],
    ['a higher TDX component', (info) => (info.tcbLevels[0]!.tcb.tdxtcbcomponents[2]!.svn = 4), 'TCB_LEVEL_UNMATCHED'],
    ['OutOfDate', (info) => (info.tcbLevels[0]!.tcbStatus = 'OutOfDate'), 'TCB_STATUS_UNACCEPTED'],
    [
      'an outdated module',
      (info) => (info.tdxModuleIdentities[0]!.tcbLevels[0]!.tcbStatus = 'OutOfDate'),
      'TCB_STATUS_UNACCEPTED',
    ],
    ['no module', (info) => (info.tdxModuleIdentities = []), 'TDX_MODULE_UNKNOWN'],
  ])('%s', async (_what, change, code) => {
    expect(await verifySimulated({ change: withTcbInfo(change) })).toMatchObject({ ok: false, code })
  })

  it('levels: the first that is reached counts', async () => {
    const change = withTcbInfo((info) => {
      const [level] = structuredClone(info.tcbLevels)
      level!.tcb.pcesvn = 14
      info.tcbLevels[0]!.tcbStatus = 'SWHardeningNeeded'
      info.tcbLevels.unshift(level!)
    })
    expect(await verifySimulated({ change })).toMatchObject({ ok: false, tcbStatus: 'SWHardeningNeeded' })
    const policy = { acceptedTcbStatuses: ['UpToDate', 'SWHardeningNeeded'] }
    expect(await verifySimulated({ change, policy })).toMatchObject({ ok: true, tcbStatus: 'SWHardeningNeeded' })
  })

  it('advisories, of platform, module and QE alike', async () => {
    const add = (level: object, id: string) => Object.assign(level, { advisoryIDs: [id] })
    const change = {
      ...withTcbInfo((info) => {
        add(info.tcbLevels[0]!, 'INTEL-SA-1')
        add(info.tdxModuleIdentities[0]!.tcbLevels[0]!, 'INTEL-SA-2')
      }),
      ...withQeIdentity((identity) => add(identity.tcbLevels[0]!, 'INTEL-SA-3')),
    }
    const all = ['INTEL-SA-1', 'INTEL-SA-2', 'INTEL-SA-3']
    expect(await verifySimulated({ change })).toMatchObject({ ok: true, advisoryIds: all })
    expect(await verifySimulated({ change, policy: { acceptedAdvisories: all } })).toMatchObject({ ok: true })
    for (const missing of all) {
      const policy = { acceptedAdvisories: all.filter((id) => id !== missing) }
      expect(await verifySimulated({ change, policy })).toMatchObject({ ok: false, code: 'ADVISORY_UNACCEPTED' })
    }
  })

  it('too old an evaluation, in either document', async () => {
    const policy = { minimumTcbEvaluationDataNumber: 2 }
    const info = withTcbInfo((json) => (json.tcbEvaluationDataNumber = 2))
    const identity = withQeIdentity((json) => (json.tcbEvaluationDataNumber = 2))
    for (const change of [{}, info, identity])
      expect(await verifySimulated({ change, policy })).toMatchObject({ ok: false, code: 'TCB_EVALUATION_TOO_OLD' })
    expect(await verifySimulated({ change: { ...info, ...identity }, policy })).toMatchObject({ ok: true })
  })
})

describe('QE identity that says', () => {
  it.each<[string, (identity: QeIdentityJson) => void, string]>([
    ['another version', (identity) => (identity.version = 3), 'QE_IDENTITY_MALFORMED'],
    ['SGX’s enclave', (identity) => (identity.id = 'QE'), 'QE_IDENTITY_MALFORMED'],
    ['that it expired', (identity) => (identity.nextUpdate = '2020-01-01T00:00:00Z'), 'QE_IDENTITY_EXPIRED'],
    ['that it is from the future', (identity) => (identity.issueDate = '2099-01-01T00:00:00Z'), 'QE_IDENTITY_EXPIRED'],
    ['another signer', (identity) => (identity.mrsigner = '54'.repeat(32)), 'QE_REPORT_MISMATCH'],
    ['another product', (identity) => (identity.isvprodid = 1), 'QE_REPORT_MISMATCH'],
    ['another miscselect', (identity) => (identity.miscselect = '01000000'), 'QE_REPORT_MISMATCH'],
    ['other attributes', (identity) => (identity.attributes = `31${'00'.repeat(15)}`), 'QE_REPORT_MISMATCH'],
    ['a higher SVN', (identity) => (identity.tcbLevels[0]!.tcb.isvsvn = 5), 'QE_TCB_LEVEL_UNMATCHED'],
    ['OutOfDate', (identity) => (identity.tcbLevels[0]!.tcbStatus = 'OutOfDate'), 'TCB_STATUS_UNACCEPTED'],
    ['Revoked', (identity) => (identity.tcbLevels[0]!.tcbStatus = 'Revoked'), 'TCB_STATUS_UNACCEPTED'],
  ])('%s', async (_what, change, code) => {
    expect(await verifySimulated({ change: withQeIdentity(change) })).toMatchObject({ ok: false, code })
  })

  it('what the mask leaves out does not matter', async () => {
    const change = withQeIdentity((identity) => (identity.attributes = `15${'00'.repeat(15)}`))
    expect(await verifySimulated({ change })).toMatchObject({ ok: true })
  })

  it('a QE in debug mode is refused whatever the identity says', async () => {
    const quote = makeQuote(pki, body(), 4, (report) => {
      report[48] = 0x13
      return report
    })
    const change = withQeIdentity((identity) => (identity.attributes = `13${'00'.repeat(15)}`))
    expect(await verifySimulated({ quote, change })).toMatchObject({ ok: false, code: 'QE_REPORT_MISMATCH' })
  })

  it('a QE that vouches for another key', async () => {
    const quote = makeQuote(pki, body(), 4, (report) => {
      report[320]! ^= 1
      return report
    })
    expect(await verifySimulated({ quote })).toMatchObject({ ok: false, code: 'ATTESTATION_KEY_UNBOUND' })
  })

  it('a QE whose report has more after the hash', async () => {
    const quote = makeQuote(pki, body(), 4, (report) => {
      report[383] = 1
      return report
    })
    expect(await verifySimulated({ quote })).toMatchObject({ ok: false, code: 'ATTESTATION_KEY_UNBOUND' })
  })
})

describe('status', () => {
  it.each([
    ['UpToDate', 'UpToDate', 'UpToDate'],
    ['UpToDate', 'OutOfDate', 'OutOfDate'],
    ['SWHardeningNeeded', 'OutOfDate', 'OutOfDate'],
    ['ConfigurationNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
    ['ConfigurationAndSWHardeningNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
    ['OutOfDateConfigurationNeeded', 'OutOfDate', 'OutOfDateConfigurationNeeded'],
    ['SWHardeningNeeded', 'UpToDate', 'SWHardeningNeeded'],
    ['Revoked', 'OutOfDate', 'Revoked'],
    ['Revoked', 'UpToDate', 'Revoked'],
    ['UpToDate', 'Revoked', 'Revoked'],
    ['OutOfDate', 'Revoked', 'Revoked'],
  ] as const)('%s with a part that is %s is %s', (platform, part, expected) => {
    expect(convergeStatus(platform, part)).toBe(expected)
  })
})

describe('a PCK certificate', () => {
  const withPck = (pck: Uint8Array) => makeQuote({ ...pki, certificates: { ...pki.certificates, pck } }, body())

  it('without an SGX extension', async () => {
    const quote = withPck(certificate('pck', {}))
    expect(await verifySimulated({ quote })).toMatchObject({ ok: false, code: 'PCK_EXTENSION_INVALID' })
  })

  it('expired', async () => {
    const quote = withPck(certificate('pck', { notAfter: AT - 1 }))
    expect(await verifySimulated({ quote })).toMatchObject({ ok: false, code: 'CERTIFICATE_EXPIRED' })
  })

  it('issued by an intermediate that may issue none', async () => {
    const intermediate = certificate('intermediate', { pathLength: null })
    const quote = makeQuote({ ...pki, certificates: { ...pki.certificates, intermediate } }, body())
    expect(await verifySimulated({ quote })).toMatchObject({ ok: false, code: 'PCK_CHAIN_INVALID' })
  })

  it('of another platform', async () => {
    const other = makeSimulatedPki(new Uint8Array(32).fill(9), { ...SIMULATED_PLATFORM, fmspc: '010203040506' })
    expect(await verifySimulated({ quote: makeQuote(other, body()) })).toMatchObject({
      ok: false,
      code: 'PLATFORM_MISMATCH',
    })
  })

  it('in a chain out of order', async () => {
    const { pck, intermediate } = pki.certificates
    const quote = makeQuote(
      { ...pki, certificates: { ...pki.certificates, pck: intermediate, intermediate: pck } },
      body(),
    )
    expect(await verifySimulated({ quote })).toMatchObject({ ok: false, code: 'PCK_CHAIN_INVALID' })
  })
})
