import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { judge } from '../../../app/_attest/judge'
import { trustOfBuild } from '../../../lib/config/buildTrust.mjs'
import { makeSimulatedEvidence } from '../../../lib/enclave/simulator/makeSimulatedEvidence'
import { simulatorRootPem } from '../../../lib/enclave/simulator/pki'
import { reportDataOf, type RegistryEntry } from '../../../lib/protocol/attestation/reportData'
import { DSTACK } from '../attestation/support/vectors'

const SEED = new Uint8Array(32).fill(7)
const PEM = simulatorRootPem(SEED)
/** Lines of the certificate: what of it no compiler would write otherwise. */
const LINES = PEM.split('\n').filter((line) => line.length === 64)

/** The worker's module as Next's compiler reads it, with the constants of such a build (next.config.js). */
async function bundleWorker(constants: Record<string, string>): Promise<string> {
  const define = Object.entries(constants).map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)])
  const { outputFiles } = await build({
    entryPoints: ['app/_workers/attest.worker.ts'],
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', logLevel: 'error' },
    define: Object.fromEntries(define) as Record<string, string>,
  })
  return outputFiles[0]!.text
}

describe('the worker that browsers verify with', () => {
  it('contains the simulator’s root in a build for the local chain', async () => {
    const code = await bundleWorker(trustOfBuild({ SUBROSA_CHAIN_ID: '31337', SUBROSA_SIMULATOR_ROOT: PEM }))
    expect(LINES.length).toBeGreaterThan(5)
    for (const line of LINES) expect(code).toContain(line)
  })

  it.each(['1', ''])('contains nothing of it in a build for chain “%s”', async (chainId) => {
    const trust = trustOfBuild({ SUBROSA_CHAIN_ID: chainId, SUBROSA_SIMULATOR_ROOT: PEM })
    expect(trust.BUILD_SIMULATOR_ROOT).toBe('')
    const bundles = [
      await bundleWorker(trust),
      // Nor where the constant itself were given: the module does not look at it.
      await bundleWorker({ ...trust, BUILD_SIMULATOR_ROOT: PEM }),
    ]
    for (const code of bundles) {
      expect(code.length).toBeGreaterThan(10_000)
      for (const line of LINES) expect(code).not.toContain(line)
      expect(code).not.toContain('BEGIN CERTIFICATE-----\\nM')
    }
  })
})

describe('a verdict', () => {
  const entry: RegistryEntry = {
    ...{ chainId: 31337n, registry: `0x${'ab'.repeat(20)}` as const, signer: `0x${'cd'.repeat(20)}` as const },
    ...{ epoch: 3n, publicKey: `0x04${'11'.repeat(64)}` as const, notBefore: 1n, notAfter: 2n },
  }
  const at = 1_800_000_000
  const ask = (about: RegistryEntry) => {
    const { quote, collateral, eventLog } = makeSimulatedEvidence({ seed: SEED, reportData: reportDataOf(about), at })
    return { quote, collateral, eventLog, at, entry: about }
  }
  const local = { simulatorRoot: PEM, policy: undefined }

  it('is the simulator’s where its root signed, and only in a build that knows it', async () => {
    expect(await judge(ask(entry), local)).toMatchObject({ ok: true, root: 'simulator' })
    const elsewhere = await judge(ask(entry), { simulatorRoot: undefined, policy: undefined })
    expect(elsewhere).toMatchObject({ ok: false, root: 'intel', code: 'ROOT_UNTRUSTED' })
  })

  it('under Intel’s root asks for the measurements that the build names, and accepts none where it names none', async () => {
    const measured = (verdict: Awaited<ReturnType<typeof judge>>) =>
      verdict.checks.filter(({ ok }) => ok === false).map(({ name }) => name)
    const question = { ...DSTACK, entry }
    const unnamed = await judge(question, { simulatorRoot: undefined, policy: undefined })
    expect(measured(unnamed)).toEqual(expect.arrayContaining(['mrtd', 'compose-hash', 'registry-entry']))
    const { report, app } = unnamed
    if (report?.tee !== 'tdx' || !app) throw new Error('the quote of a dstack machine was expected')
    const { mrtd, rtmr0, rtmr1, rtmr2 } = report
    const named = { measurements: [{ mrtd, rtmr0, rtmr1, rtmr2 }], composeHashes: [app.composeHash] }
    // It states nothing about our registry: that alone is left.
    expect(measured(await judge(question, { ...local, policy: JSON.stringify(named) }))).toEqual(['registry-entry'])
  })

  it('is none where a local build meets another chain', async () => {
    await expect(judge(ask({ ...entry, chainId: 1n }), local)).rejects.toThrow('may not trust a simulator')
  })

  it('is none where the build’s policy cannot be read', async () => {
    await expect(judge(ask(entry), { ...local, policy: '{"composeHash":[]}' })).rejects.toThrow()
  })
})
