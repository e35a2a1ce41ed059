import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Script } from 'node:vm'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { requireBuildPolicy } from '../../../app/_attest/buildPolicy'
import { judge, type Question, type Trust } from '../../../app/_attest/judge'
import type { AttestAnswer } from '../../../app/_workers/attest.worker'
import { trustOfBuild } from '../../../lib/config/buildTrust.mjs'
import { makeSimulatedEvidence, SIMULATED_APP } from '../../../lib/enclave/simulator/makeSimulatedEvidence'
import { simulatorRootPem } from '../../../lib/enclave/simulator/pki'
import { reportDataOf, type RegistryEntry } from '../../../lib/protocol/attestation/reportData'
import { simulatorRoot } from '../../../lib/protocol/attestation/simulatorRoot'
import { INTEL_ROOT } from '../../../lib/protocol/attestation/trustedRoot'
import { DSTACK, DSTACK_POLICY } from '../attestation/support/vectors'

const SEED = new Uint8Array(32).fill(7)
/** What a server hands the page: on a local chain its simulator's root, anywhere else a liar's. */
const HANDED = simulatorRoot(simulatorRootPem(SEED)).fingerprint
const AT = 1_800_000_000
const entryOn = (chainId: bigint): RegistryEntry => ({
  ...{ chainId, registry: `0x${'ab'.repeat(20)}`, signer: `0x${'cd'.repeat(20)}` },
  ...{ operator: `0x${'ef'.repeat(20)}`, appId: `0x${SIMULATED_APP.appId}` },
  ...{ epoch: 3n, publicKey: `0x04${'11'.repeat(64)}`, notBefore: 1n, notAfter: 2n },
})

/** Evidence that holds in everything but whose root signed it, and the root that the server names for it. */
function ask(chainId: bigint, handed: string | undefined = HANDED): Question {
  const entry = entryOn(chainId)
  const evidence = makeSimulatedEvidence({ seed: SEED, reportData: reportDataOf(entry), at: AT })
  const { quote, collateral, eventLog } = evidence
  return { quote, collateral, eventLog, at: AT, entry, simulatorRoot: handed }
}

const forChain = (chainId: bigint | undefined): Trust => ({ chainId, policy: undefined })
const LOCAL = forChain(31337n)
const untrusted = { ok: false, root: 'intel', code: 'ROOT_UNTRUSTED' }

describe('a build for the local chain', () => {
  it('trusts the root that its server names, and calls what it signed simulated', async () => {
    expect(await judge(ask(31337n), LOCAL)).toMatchObject({ ok: true, root: 'simulator' })
    const another = simulatorRoot(simulatorRootPem(new Uint8Array(32).fill(8))).fingerprint
    expect(await judge(ask(31337n, another), LOCAL)).toMatchObject(untrusted)
    expect(await judge({ ...ask(31337n), simulatorRoot: undefined }, LOCAL)).toMatchObject(untrusted)
  })

  it('judges nothing on another chain, whatever its server says', async () => {
    await expect(judge(ask(1n), LOCAL)).rejects.toThrow('built for chain 31337 and trusts no enclave on chain 1')
    await expect(judge({ ...DSTACK, entry: entryOn(1n), simulatorRoot: undefined }, LOCAL)).rejects.toThrow('chain 1')
  })

  it.each(['', HANDED.toUpperCase(), `${HANDED}00`, '-----BEGIN CERTIFICATE-----'])(
    'refuses “%s” for a root',
    async (handed) => {
      await expect(judge(ask(31337n, handed), LOCAL)).rejects.toThrow('64 hex digits')
    },
  )

  it('gains no leave for a real machine where its server names Intel’s root for a simulator’s', async () => {
    const question = { ...DSTACK, entry: entryOn(31337n), simulatorRoot: INTEL_ROOT.fingerprint }
    const verdict = await judge(question, LOCAL)
    expect(verdict.root).toBe('intel')
    expect(verdict.checks.filter(({ ok }) => ok === false).map(({ name }) => name)).toContain('compose-hash')
  })
})

describe('a build for another chain, handed a root by a hostile server', () => {
  it('refuses what that root signed', async () => {
    expect(await judge(ask(1n), forChain(1n))).toMatchObject(untrusted)
    expect(await judge(ask(1n, 'no root at all'), forChain(1n))).toMatchObject(untrusted)
  })

  it('refuses it where the server says that this is the local chain', async () => {
    await expect(judge(ask(31337n), forChain(1n))).rejects.toThrow('built for chain 1 and trusts no enclave')
  })

  it('refuses both where it was made for no chain in particular', async () => {
    for (const chainId of [1n, 31337n])
      expect(await judge(ask(chainId), forChain(undefined)), `${chainId}`).toMatchObject(untrusted)
  })
})

it('under Intel’s root a build asks for the measurements that it names, and accepts none where it names none', async () => {
  const measured = (verdict: Awaited<ReturnType<typeof judge>>) =>
    verdict.checks.filter(({ ok }) => ok === false).map(({ name }) => name)
  const question = { ...DSTACK, entry: entryOn(31337n), simulatorRoot: HANDED }
  const unnamed = await judge(question, forChain(undefined))
  expect(measured(unnamed)).toEqual(expect.arrayContaining(['mrtd', 'compose-hash', 'registry-entry']))
  // It states nothing about our registry: that alone is left.
  const trust = { ...LOCAL, policy: JSON.stringify(DSTACK_POLICY) }
  expect(measured(await judge(question, trust))).toEqual(['registry-entry', 'registry-app'])
  const ofItsApp = { ...question, entry: { ...question.entry, appId: `0x${DSTACK_POLICY.appIds[0]!}` as const } }
  expect(measured(await judge(ofItsApp, trust))).toEqual(['registry-entry'])
})

describe('there is no verdict where the build’s policy', () => {
  const { composeHashes, ...rest } = DSTACK_POLICY
  const { rtmr0: _, ...threeRegisters } = DSTACK_POLICY.measurements[0]!
  it.each<[string, string, string]>([
    ['cannot be read', '{"composeHash":[]}', 'composeHash'],
    ['is empty', '{}', 'it leaves open: appIds, composeHashes, measurements, keyProviders, acceptedTcbStatuses'],
    ['asks for the TCB alone', '{"acceptedTcbStatuses":["UpToDate"]}', 'it leaves open: appIds'],
    ['names no compose file', JSON.stringify(rest), 'it leaves open: composeHashes'],
    ['names none of any', JSON.stringify({ ...rest, composeHashes: [] }), 'it leaves open: composeHashes'],
    [
      'leaves a register out',
      JSON.stringify({ ...rest, composeHashes, measurements: [threeRegisters] }),
      'it leaves open: measurements.0.rtmr0',
    ],
  ])('%s', async (_what, policy, reason) => {
    // Not of a real machine, which it would let pass for anything, nor of a simulated one.
    for (const question of [{ ...DSTACK, entry: entryOn(31337n), simulatorRoot: HANDED }, ask(31337n)])
      await expect(judge(question, { ...LOCAL, policy })).rejects.toThrow(reason)
    await expect(judge(ask(1n), { ...forChain(1n), policy })).rejects.toThrow(reason)
    expect(() => requireBuildPolicy('1', policy)).toThrow(`SUBROSA_ATTESTATION_POLICY: `)
    expect(() => requireBuildPolicy('31337', policy)).toThrow(reason)
  })
})

/** What next.config.js says to an environment, in a process as Next runs it. */
async function configure(phase: string, cases: Record<string, string>[]): Promise<(string | null)[]> {
  const script = `
    const { default: config } = await import('./next.config.js')
    const said = []
    for (const env of ${JSON.stringify(cases)}) {
      for (const name of ['SUBROSA_CHAIN_ID', 'SUBROSA_ATTESTATION_POLICY']) delete process.env[name]
      Object.assign(process.env, env)
      said.push(await config(${JSON.stringify(phase)}).then(() => null, (error) => error.message))
    }
    console.log(JSON.stringify(said))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  return JSON.parse(stdout) as (string | null)[]
}

it('Next builds for another chain only with a complete policy, and serves what was built', async () => {
  const complete = JSON.stringify(DSTACK_POLICY)
  const cases: Record<string, string>[] = [
    { SUBROSA_CHAIN_ID: '31337' },
    { SUBROSA_CHAIN_ID: '1', SUBROSA_ATTESTATION_POLICY: complete },
    { SUBROSA_CHAIN_ID: '1' },
    {},
    { SUBROSA_CHAIN_ID: '1', SUBROSA_ATTESTATION_POLICY: '{"appIds":[]}' },
    { SUBROSA_CHAIN_ID: '31337', SUBROSA_ATTESTATION_POLICY: 'nonsense' },
  ]
  const said = await configure('phase-production-build', cases)
  expect(said.slice(0, 2)).toEqual([null, null])
  for (const refusal of said.slice(2, 5))
    expect(refusal).toContain('SUBROSA_ATTESTATION_POLICY: policy: it leaves open: appIds,')
  expect(said[5]).toContain('is not valid JSON')
  expect(await configure('phase-production-server', [{ SUBROSA_CHAIN_ID: '1' }, {}])).toEqual([null, null])
})

/** The worker that browsers verify with, compiled with a build's constants as Next's compiler does (next.config.js), and run. */
async function runWorker(env: Record<string, string>): Promise<(question: Question) => Promise<AttestAnswer>> {
  const define = Object.entries(trustOfBuild(env)).map(([name, value]) => [
    `process.env.${name}`,
    JSON.stringify(value),
  ])
  const { outputFiles } = await build({
    entryPoints: ['app/_workers/attest.worker.ts'],
    ...{ bundle: true, minify: true, write: false, format: 'iife', platform: 'browser', logLevel: 'error' },
    define: Object.fromEntries(define) as Record<string, string>,
  })
  let listen: ((event: { data: Question }) => void) | undefined
  let answered: ((answer: AttestAnswer) => void) | undefined
  // With globals of its own: zod keeps its settings there.
  const script = new Script(`(addEventListener, postMessage, globalThis) => {${outputFiles[0]!.text}}`)
  const worker = script.runInThisContext() as (
    addEventListener: (type: string, listener: typeof listen) => void,
    postMessage: (answer: AttestAnswer) => void,
    globalThis: object,
  ) => void
  worker(
    (_type, listener) => (listen = listener),
    (answer) => answered?.(answer),
    { crypto },
  )
  return (data) =>
    new Promise((resolve) => {
      answered = resolve
      listen!({ data })
    })
}

describe('the worker of a build', () => {
  it('for the local chain believes its server about the simulator', async () => {
    const answer = await runWorker({ SUBROSA_CHAIN_ID: '31337' })
    expect(await answer(ask(31337n))).toMatchObject({ ok: true, verdict: { ok: true, root: 'simulator' } })
    expect(await answer(ask(1n))).toMatchObject({ ok: false, message: expect.stringContaining('chain 1') as string })
  })

  it('for another chain believes it nothing', async () => {
    const answer = await runWorker({ SUBROSA_CHAIN_ID: '1', SUBROSA_SIMULATOR_ROOT: HANDED, SIMULATOR_ROOT: HANDED })
    expect(await answer(ask(1n))).toMatchObject({ ok: true, verdict: untrusted })
    expect(await answer(ask(31337n))).toMatchObject({ ok: false })
  })

  it('for no chain in particular believes it nothing', async () => {
    const answer = await runWorker({})
    for (const chainId of [1n, 31337n])
      expect(await answer(ask(chainId)), `${chainId}`).toMatchObject({ ok: true, verdict: untrusted })
  })
})

it.each(['0x1', '031337', ' 31337', '31337.0', 'local'])('no build is made for chain “%s”', (SUBROSA_CHAIN_ID) => {
  expect(() => trustOfBuild({ SUBROSA_CHAIN_ID })).toThrow('SUBROSA_CHAIN_ID must be a decimal number')
})
