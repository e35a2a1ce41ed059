import { bytesToHex, hashTypedData, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkSealingKey, requireVerifiedKey, type CheckTools } from '../../../app/_attest/checkSealingKey'
import { judge } from '../../../app/_attest/judge'
import { servedEvidenceSchema, type EnclaveEvidence } from '../../../app/api/v1/_schemas/enclave'
import { registerKeyCall, revokeKeyCall } from '../../../lib/chain/calls/registerKey'
import { registryDomain } from '../../../lib/chain/calls/setUrl'
import { registryEntryOf, type Deployment } from '../../../lib/chain/deployment'
import { openEvmSender } from '../../../lib/chain/evm/sender'
import { ACCOUNT, localAccount } from '../../../lib/dev/accounts'
import { readEnclaveUrl } from '../../../lib/dev/enclaveApi'
import { registerEnclave } from '../../../lib/dev/register'
import { readEnclaveUrlOf } from '../../../lib/chain/enclaveUrl'
import { keyDomainOf, loadEnclaveKeys } from '../../../lib/enclave/keys/enclaveKeys'
import { loadSecretFile } from '../../../lib/enclave/keys/secretFile'
import { openSimulator, simulatorRootCertificate } from '../../../lib/enclave/keys/simulator'
import type { SimulatedApp } from '../../../lib/enclave/simulator/eventLog'
import { makeSimulatedEvidence, SIMULATED_APP } from '../../../lib/enclave/simulator/makeSimulatedEvidence'
import { claimOf } from '../../../lib/enclave/registration'
import { approvalDigest, encodeEvidence } from '../../../lib/protocol/attestation/evidence'
import { reportDataOf } from '../../../lib/protocol/attestation/reportData'
import { simulatorRoot } from '../../../lib/protocol/attestation/simulatorRoot'
import { parseCollateral, type Collateral } from '../../../lib/protocol/attestation/tcb/collateral'
import { scalarOf } from '../../../lib/enclave/keys/scalar'
import { privateKeyToAccount } from 'viem/accounts'
import { startAnvil, type TestChain } from '../../fixtures/anvil'
import { deployContracts } from '../../fixtures/deploy'
import {
  createEnclaveFiles,
  otherApp,
  otherInstance,
  startTestEnclave,
  TEST_OPERATOR,
  type TestEnclave,
  type TestEnclaveFiles,
} from '../../fixtures/enclave'
import { getJson } from '../../fixtures/getJson'

const PUBLIC_URL = 'https://enclave.example/'
let chain: TestChain
let deployment: Deployment
let files: TestEnclaveFiles
let enclave: TestEnclave
let root: string

beforeAll(async () => {
  ;[chain, files] = await Promise.all([startAnvil(), createEnclaveFiles()])
  deployment = await deployContracts(chain, files.root)
  enclave = await startTestEnclave(chain, deployment, files, chain.rpcUrl, { publicUrl: PUBLIC_URL })
  root = simulatorRoot(await simulatorRootCertificate(files.rootFile)).fingerprint
  await chain.mine(3)
})
afterAll(async () => {
  await enclave.close()
  await Promise.all([chain.stop(), files.remove()])
})

type Entry = EnclaveEvidence['enclaves'][number]

/** What the enclave itself serves, as the API passes it on, after `change`. */
async function serve(keyId: Hex, change: (entry: Entry) => Entry = (entry) => entry): Promise<EnclaveEvidence> {
  const { status, body } = await getJson(`${enclave.url}/v1/evidence/${keyId}`)
  if (status !== 200) throw new Error(`the enclave answered ${status}`)
  const evidence = servedEvidenceSchema.parse(body)
  return { keyId, enclaves: [change({ signer: enclave.signer, url: null, evidence })] }
}

/** The page's own way, but that nothing runs in a worker and the API's answer comes from the enclave itself. */
const tools = (change: Partial<CheckTools> & { builtFor?: bigint | undefined } = {}): CheckTools => {
  const { builtFor, ...rest } = { builtFor: 31337n, ...change }
  return {
    ...{ chain: chain.connection, deployment, simulatorRoot: root, readEvidence: (keyId) => serve(keyId) },
    judge: (question) => judge(question, { chainId: builtFor, policy: undefined }),
    // A local chain's time may be any.
    now: () => 0,
    ...rest,
  }
}

const withCollateral =
  (change: (collateral: Collateral) => Collateral) =>
  ({ evidence, ...entry }: Entry): Entry => ({
    ...entry,
    evidence: evidence && { ...evidence, collateral: change(parseCollateral(evidence.collateral)) },
  })

const operator = () =>
  openEvmSender({ rpcUrl: chain.rpcUrl, deployment, account: localAccount(ACCOUNT.enclaveOperator) })

type Lie = { quoted: Uint8Array; seed: Uint8Array; quote?: (quote: Uint8Array) => Uint8Array }
let nextSeed = 0

/**
 * A key that the registry admits, since the root approved it, with a quote that says something else. Its own signer, so
 * that the tests do not see each other's. @returns its id.
 */
async function admit(
  lie: (truth: Uint8Array, seed: Uint8Array) => Lie,
  app?: SimulatedApp,
): Promise<{ keyId: Hex; judged: CheckTools }> {
  const provider = await openSimulator(otherApp(files, `${nextSeed++}`))
  const keys = await loadEnclaveKeys(provider, keyDomainOf(deployment, TEST_OPERATOR))
  const seed = await loadSecretFile(files.rootFile)
  const epoch = 3n
  const sealingKey = await keys.sealingKey(epoch)
  const { keyId } = sealingKey
  const claim = claimOf(provider, keys, sealingKey)
  const reportData = reportDataOf(registryEntryOf(deployment, claim))
  const at = Number(await chain.now())
  const { quoted, seed: by, quote: bend = (given: Uint8Array) => given } = lie(reportData, seed)
  const itsApp = { ...SIMULATED_APP, appId: provider.appId.slice(2) }
  const evidence = makeSimulatedEvidence({ seed: by, reportData: quoted, at, app: app ?? itsApp })
  const quote = bend(evidence.quote)
  const approver = privateKeyToAccount(bytesToHex(scalarOf(seed, 'root')))
  const approval = await approver.sign({ hash: approvalDigest(reportData, provider.appId, quote) })
  const registration = {
    ...claim,
    evidence: encodeEvidence({ quote, approval: Buffer.from(approval.slice(2), 'hex') }),
  }
  await operator().execute(registerKeyCall(deployment, registration))
  const { eventLog, collateral } = evidence
  const enclaves = [{ signer: keys.signer, url: null, evidence: { quote: bytesToHex(quote), eventLog, collateral } }]
  return { keyId, judged: tools({ readEvidence: () => Promise.resolve({ keyId, enclaves }) }) }
}

describe('the enclave of a local stack', () => {
  it('is verified with every check that was asked for, and is told to be simulated by the root that signed', async () => {
    const finding = await checkSealingKey(tools(), enclave.keyId)
    expect(finding).toMatchObject({ problem: null, simulated: true })
    const verdict = finding.enclaves[0]!.verdict!
    expect(verdict).toMatchObject({ ok: true, root: 'simulator', tcbStatus: 'UpToDate' })
    for (const name of ['quote-signature', 'crl-freshness', 'rtmr3-replay', 'registry-entry', 'registry-app'] as const)
      expect(verdict.checks.find((check) => check.name === name)?.ok, name).toBe(true)
    await expect(requireVerifiedKey(tools(), enclave.keyId)).resolves.toBeUndefined()
  })

  it('says where it is reached, and its operator puts that into the registry, once', async () => {
    const read = () => readEnclaveUrlOf(chain.connection, deployment, enclave.signer)
    expect(await read()).toBeNull()
    const network = { rpcUrl: chain.rpcUrl, enclaveUrl: enclave.url, deployment }
    await registerEnclave(network)
    expect(await read()).toBe(PUBLIC_URL)
    const { number } = await chain.connection.readBlock('latest')
    await registerEnclave(network)
    expect((await chain.connection.readBlock('latest')).number).toBe(number)
    expect((await readEnclaveUrl(enclave.url)).signer).toBe(enclave.signer)
  })

  it('serves no evidence for keys that are not its own', async () => {
    expect((await getJson(`${enclave.url}/v1/evidence/0x${'11'.repeat(32)}`)).status).toBe(404)
    expect((await getJson(`${enclave.url}/v1/evidence/0x11`)).status).toBe(400)
  })
})

describe('no bid is sealed where', () => {
  it.each<[string, (truth: Uint8Array, seed: Uint8Array) => Lie, RegExp]>([
    [
      'the quote was tampered with',
      (quoted, seed) => ({ quoted, seed, quote: (quote) => quote.with(200, (quote[200] ?? 0) ^ 1) }),
      /did not sign the quote/,
    ],
    [
      'the quote is about another key',
      (truth, seed) => ({ quoted: truth.with(25, (truth[25] ?? 0) ^ 1), seed }),
      /does not state what the registry’s entry says/,
    ],
    ['the quote is about nothing', (_truth, seed) => ({ quoted: new Uint8Array(64), seed }), /registry’s entry says/],
    ['another simulator signed the quote', (quoted) => ({ quoted, seed: new Uint8Array(32).fill(9) }), /another root/],
    ['there is no quote', (quoted, seed) => ({ quoted, seed, quote: () => new Uint8Array() }), /well-formed quote/],
  ])('%s', async (_what, lie, reason) => {
    const { keyId, judged } = await admit(lie)
    const { problem, simulated } = await checkSealingKey(judged, keyId)
    expect(problem).toMatch(reason)
    expect(simulated && /another root/.test(problem ?? '')).toBe(false)
    const error = await requireVerifiedKey(judged, keyId).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'ENCLAVE_UNVERIFIED', details: problem })
  })

  it('the machine runs another app than the entry says', async () => {
    const { keyId, judged } = await admit((quoted, seed) => ({ quoted, seed }), SIMULATED_APP)
    expect((await checkSealingKey(judged, keyId)).problem).toMatch(/another app than the registry’s entry says/)
  })

  it('nothing else is wrong with a key that is admitted like this', async () => {
    const { keyId, judged } = await admit((quoted, seed) => ({ quoted, seed }))
    expect((await checkSealingKey(judged, keyId)).problem).toBeNull()
  })

  it.each<[string, (entry: Entry) => Entry, RegExp]>([
    ['evidence is missing', (entry) => ({ ...entry, evidence: null }), /could not be fetched/],
    [
      'it is another enclave’s',
      (entry) => ({ ...entry, signer: deployment.contracts.registry }),
      /could not be fetched/,
    ],
    [
      'there is no collateral',
      ({ evidence, ...entry }) => ({ ...entry, evidence: evidence && { ...evidence, collateral: null } }),
      /collateral lacks a part/,
    ],
    [
      'there is no event log',
      ({ evidence, ...entry }) => ({ ...entry, evidence: evidence && { ...evidence, eventLog: [] } }),
      /does not replay/,
    ],
    [
      'the TCB info was changed',
      withCollateral((collateral) => ({
        ...collateral,
        tcb_info: collateral.tcb_info.replace('"tcbEvaluationDataNumber":1', '"tcbEvaluationDataNumber":2'),
      })),
      /TCB info is not as its signer signed it/,
    ],
  ])('%s', async (_what, change, reason) => {
    const judged = tools({ readEvidence: (keyId) => serve(keyId, change) })
    expect((await checkSealingKey(judged, enclave.keyId)).problem).toMatch(reason)
  })

  it('the API does not answer, or the worker fails', async () => {
    const silent = tools({ readEvidence: () => Promise.reject(new Error('no')) })
    expect((await checkSealingKey(silent, enclave.keyId)).problem).toMatch(/could not be fetched/)
    const broken = tools({ judge: () => Promise.reject(new Error('out of memory')) })
    expect((await checkSealingKey(broken, enclave.keyId)).problem).toMatch(/could not be verified: out of memory/)
  })

  it('the registry does not know the key', async () => {
    expect((await checkSealingKey(tools(), `0x${'11'.repeat(32)}`)).problem).toMatch(/does not know/)
  })

  it.each<[string, Parameters<typeof tools>[0], RegExp]>([
    ['the server names no simulator', { simulatorRoot: undefined }, /another root/],
    [
      'the build is for no chain in particular, though the server names a simulator',
      { builtFor: undefined },
      /another root/,
    ],
    ['the build is for another chain, though the server names a simulator', { builtFor: 1n }, /built for chain 1 /],
  ])('%s', async (_what, change, reason) => {
    const { problem, simulated } = await checkSealingKey(tools(change), enclave.keyId)
    expect([problem, simulated]).toEqual([expect.stringMatching(reason), false])
  })

  it.each<[string, number, RegExp | null]>([
    ['an hour and a second behind', 3601, /more than an hour behind this device’s clock/],
    ['a month behind', 30 * 86_400, /more than 30 days behind this device’s clock/],
    ['an hour and a second ahead', -3601, /more than an hour ahead of this device’s clock/],
    ['an hour behind', 3600, null],
    ['an hour ahead', -3600, null],
  ])('a public chain is %s of the device', async (_how, gap, reason) => {
    const at = Number(await chain.now())
    const elsewhere = { deployment: { ...deployment, chainId: 1 }, builtFor: 1n, now: () => at + gap }
    const { problem, enclaves } = await checkSealingKey(tools(elsewhere), enclave.keyId)
    // In time, it is judged, and refused for what it is: a simulator's.
    expect(problem).toMatch(reason ?? /another root/)
    expect(enclaves).toHaveLength(reason ? 0 : 1)
  })

  it('a second enclave holds the key whose evidence does not hold', async () => {
    const good = await openSimulator(files)
    const sealingKey = await enclave.keys.sealingKey(5n)
    const second = await loadEnclaveKeys(
      await openSimulator(otherInstance(files, 'second')),
      keyDomainOf(deployment, TEST_OPERATOR),
    )
    const { keyId } = sealingKey
    for (const { signer } of [enclave, second]) {
      const claim = { ...claimOf(good, enclave.keys, sealingKey), signer }
      const attestation = await good.attest(reportDataOf(registryEntryOf(deployment, claim)))
      await operator().execute(registerKeyCall(deployment, { ...claim, evidence: encodeEvidence(attestation) }))
    }
    const { evidence } = (await serve(enclave.keyId)).enclaves[0]!
    const entries = [enclave.signer, second.signer].map((signer) => ({ signer, url: null, evidence }))
    const judged = (enclaves: Entry[]) => tools({ readEvidence: () => Promise.resolve({ keyId, enclaves }) })
    expect((await checkSealingKey(judged(entries), keyId)).problem).toBeNull()
    const [first] = entries as [Entry]
    expect((await checkSealingKey(judged([first]), keyId)).problem).toMatch(/could not be fetched/)
  })

  it('the key was revoked', async () => {
    const doomed = await startTestEnclave(chain, deployment, otherApp(files, 'doomed'))
    const digest = hashTypedData({
      ...{ domain: registryDomain(deployment), primaryType: 'KeyRevocation', message: { keyId: doomed.keyId } },
      types: { KeyRevocation: [{ name: 'keyId', type: 'bytes32' }] },
    })
    await operator().execute(revokeKeyCall(deployment, doomed.keyId, await doomed.keys.sign(digest)))
    expect((await checkSealingKey(tools(), doomed.keyId)).problem).toMatch(/revoked/)
    await doomed.close()
  })

  // Last: the chain's time does not go back.
  it('the collateral is too old at the chain’s time, whatever this machine’s clock says', async () => {
    const old = await serve(enclave.keyId)
    await chain.mineAt((await chain.now()) + 31n * 86_400n, 3)
    const judged = tools({ readEvidence: () => Promise.resolve(old) })
    expect((await checkSealingKey(judged, enclave.keyId)).problem).toMatch(/not valid at the time of verification/)
    expect((await checkSealingKey(tools(), enclave.keyId)).problem).toBeNull()
  })
})
