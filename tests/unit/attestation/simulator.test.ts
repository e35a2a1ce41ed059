import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toPem } from '../../../lib/enclave/simulator/certificates'
import { makeSimulatedEvidence } from '../../../lib/enclave/simulator/makeSimulatedEvidence'
import { makeSimulatedPki, simulatorRootPem } from '../../../lib/enclave/simulator/pki'
import { parsePolicy } from '../../../lib/protocol/attestation/policy'
import { simulatorRoot } from '../../../lib/protocol/attestation/simulatorRoot'
import { verify } from './support/vectors'

const AT = 1_800_000_000
const seed = new Uint8Array(32).fill(1)
const reportData = Uint8Array.from({ length: 64 }, (_, i) => i)
const root = simulatorRoot(simulatorRootPem(seed))
const app = { appId: '12'.repeat(20), composeHash: '34'.repeat(32) }

describe('the simulator', () => {
  it.each([4, 5] as const)('goes the whole way with a version %i quote', async (version) => {
    const evidence = makeSimulatedEvidence({ seed, reportData, at: AT, app, version })
    const policy = parsePolicy({
      reportData: Buffer.from(reportData).toString('hex'),
      composeHashes: [app.composeHash],
      keyProviders: [{ name: 'simulator' }],
    })
    expect(await verify({ ...evidence, at: AT, root, policy })).toMatchObject({ ok: true, root: 'simulator', app })
    expect(await verify({ ...evidence, at: AT + 30 * 86_400, root })).toMatchObject({ ok: true })
    expect(await verify({ ...evidence, at: AT + 30 * 86_400 + 1, root })).toMatchObject({
      ok: false,
      code: 'CRL_EXPIRED',
    })
  })

  it('is no Intel machine, nor another simulator', async () => {
    const evidence = makeSimulatedEvidence({ seed, reportData, at: AT })
    expect(await verify({ ...evidence, at: AT })).toMatchObject({ ok: false, code: 'ROOT_UNTRUSTED', root: 'intel' })
    const other = simulatorRoot(simulatorRootPem(new Uint8Array(32).fill(2)))
    expect(await verify({ ...evidence, at: AT, root: other })).toMatchObject({ ok: false, code: 'ROOT_UNTRUSTED' })
  })

  it('is the same from the same seed', () => {
    const make = () => makeSimulatedEvidence({ seed, reportData, at: AT })
    expect(make()).toEqual(make())
    expect(simulatorRootPem(seed)).toBe(simulatorRootPem(seed.slice()))
  })

  it('issues certificates that OpenSSL reads and verifies', () => {
    const { certificates } = makeSimulatedPki(seed)
    const read = (der: Uint8Array) => new X509Certificate(toPem(der))
    const [rootCa, intermediate, pck] = [certificates.root, certificates.intermediate, certificates.pck].map(read)
    expect(pck!.verify(intermediate!.publicKey) && intermediate!.verify(rootCa!.publicKey)).toBe(true)
    expect(pck!.checkIssued(intermediate!) && intermediate!.checkIssued(rootCa!)).toBe(true)
    expect([rootCa!.ca, intermediate!.ca, pck!.ca]).toEqual([true, true, false])
  })
})
