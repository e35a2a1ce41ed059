import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDstack } from '../../../lib/enclave/dstack/keyProvider'
import { loadEnclaveKeys, type KeyDomain } from '../../../lib/enclave/keys/enclaveKeys'
import { openKeyProvider } from '../../../lib/enclave/keys/openKeyProvider'
import { enclaveEnv, loadEnv } from '../../../lib/config/env'
import { createLogger } from '../../../lib/observe/logger'
import { startGuestAgent, type GuestAgentServer } from './guestAgentServer'

const domain: KeyDomain = {
  ...{ chainId: 1, registry: '0x5FbDB2315678afecb367f032d93F642f64180aa3' },
  operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
}
/** Where the enclave's keys are asked for. */
const PLACE = `1/${domain.registry.toLowerCase()}/${domain.operator.toLowerCase()}`
let folder: string
let agent: GuestAgentServer

beforeAll(async () => {
  agent = await startGuestAgent()
  folder = await mkdtemp(join(tmpdir(), 'subrosa-dstack-'))
})
afterAll(async () => {
  await agent.close()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  agent.tell((_method, _body, answer) => answer)
  agent.requests.splice(0)
})

type Key = { key: string; signature_chain: string[] }
const signerFile = (instance = 'signer') => join(folder, instance)
const open = (kmsRoot = agent.root, instance?: string) =>
  openDstack({ socketPath: agent.socketPath, kmsRoot, signerFile: signerFile(instance) })
const openUnchecked = () => openDstack({ socketPath: agent.socketPath, signerFile: signerFile() })
/** The first bytes, and another last digit. */
const turn = (hex: string) => `${hex.slice(0, -3)}${hex.at(-3) === '0' ? '1' : '0'}${hex.slice(-2)}`

describe('keys from dstack’s guest agent', () => {
  it('are not simulated, the same after a restart, and different for each path', async () => {
    const { provider, composeHash } = await open()
    expect(provider.simulated).toBe(false)
    expect([provider.appId, composeHash]).toEqual([`0x${agent.appId}`, `0x${'c3'.repeat(32)}`])
    const keys = await loadEnclaveKeys(provider, domain)
    const again = await loadEnclaveKeys((await open()).provider, domain)
    expect(again.signer).toBe(keys.signer)
    const [seventh, eighth] = [await keys.sealingKey(7n), await keys.sealingKey(8n)]
    expect((await again.sealingKey(7n)).keyId).toBe(seventh.keyId)
    expect(eighth.keyId).not.toBe(seventh.keyId)
    await keys.proofSecrets(7n)
    const paths = agent.requests.filter(({ method }) => method === 'GetKey').map(({ body }) => body.path)
    expect(new Set(paths)).toEqual(
      new Set(['sealing/%/7', 'sealing/%/8', 'proofs/%/7'].map((path) => `subrosa/v1/${path.replace('%', PLACE)}`)),
    )
  })

  it('are the same in two instances of the app, but for the one that settlements are signed with', async () => {
    const [first, second] = await Promise.all(
      ['first', 'second'].map(async (instance) => loadEnclaveKeys((await open(agent.root, instance)).provider, domain)),
    )
    expect((await second!.sealingKey(7n)).keyId).toBe((await first!.sealingKey(7n)).keyId)
    expect(second!.signer).not.toBe(first!.signer)
    expect((await stat(signerFile('first'))).mode & 0o777).toBe(0o600)
    expect(agent.requests.filter(({ body }) => /settlement/.test(body.path ?? ''))).toEqual([])
  })

  it('are asked for by POST of JSON, with its length', async () => {
    await (await open()).provider.deriveSecret('settlement')
    expect(agent.requests.map(({ method }) => method)).toEqual(['Info', 'GetKey'])
    const { body, headers } = agent.requests[1]!
    expect(body).toEqual({ path: 'subrosa/v1/settlement', purpose: 'subrosa/v1', algorithm: 'secp256k1' })
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(JSON.stringify(body).length),
    })
  })

  it('are not used as they come: the agent’s key is no key of the enclave’s', async () => {
    const { provider } = await open()
    const secret = Buffer.from(await provider.deriveSecret('sealing/7')).toString('hex')
    const { privateKey } = await (await loadEnclaveKeys(provider, domain)).sealingKey(7n)
    const d = Buffer.from(privateKey.export({ format: 'jwk' }).d!, 'base64url').toString('hex')
    expect(d).not.toBe(secret)
  })

  it('take a quote for evidence, with what attestors need beside it', async () => {
    const reportData = new Uint8Array(64).fill(5)
    expect(await (await open()).provider.attest(reportData)).toEqual({
      quote: Uint8Array.of(4, 0, ...reportData),
      approval: new Uint8Array(),
      eventLog: [],
      vmConfig: '{"cpus":2}',
    })
  })

  it.each<[string, (key: Key) => Key]>([
    ['another key than the signed one', ({ key, ...rest }) => ({ ...rest, key: turn(key) })],
    [
      'a changed signature of the app',
      ({ signature_chain: [a, b], ...rest }) => ({ ...rest, signature_chain: [turn(a!), b!] }),
    ],
    [
      'a changed signature of the root',
      ({ signature_chain: [a, b], ...rest }) => ({ ...rest, signature_chain: [a!, turn(b!)] }),
    ],
    ['the signatures swapped', ({ signature_chain: [a, b], ...rest }) => ({ ...rest, signature_chain: [b!, a!] })],
    ['no signature of the root', ({ signature_chain: [a], ...rest }) => ({ ...rest, signature_chain: [a!] })],
    ['no signature', (rest) => ({ ...rest, signature_chain: [] })],
    ['a signature more', (rest) => ({ ...rest, signature_chain: [...rest.signature_chain, rest.signature_chain[0]!] })],
  ])('are refused with %s', async (_what, change) => {
    agent.tell((method, _body, answer) => (method === 'GetKey' ? change(answer as Key) : answer))
    const { provider } = await open()
    await expect(provider.deriveSecret('settlement')).rejects.toThrow('not issued to this app')
  })

  it('are refused where they were issued to another app, for another purpose, or by another root', async () => {
    const otherRoot = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'
    await expect((await open(otherRoot)).provider.deriveSecret('settlement')).rejects.toThrow('not issued')
    agent.tell((method, _body, answer) => (method === 'Info' ? { ...answer, app_id: 'a2'.repeat(20) } : answer))
    await expect((await open()).provider.deriveSecret('settlement')).rejects.toThrow('not issued')
  })

  it('are those of the app that is configured, or none', async () => {
    const { socketPath, root: kmsRoot, appId } = agent
    const options = { socketPath, kmsRoot, signerFile: signerFile() }
    for (const expectedAppId of [appId, `0x${appId.toUpperCase()}`])
      expect((await openDstack({ ...options, expectedAppId })).provider.appId).toBe(`0x${appId}`)
    const other = openDstack({ ...options, expectedAppId: 'a2'.repeat(20) })
    await expect(other).rejects.toThrow(`runs the app 0x${appId}, not ${'a2'.repeat(20)}`)
    expect(agent.requests.every(({ method }) => method === 'Info')).toBe(true)
  })

  it('are taken unchecked where no root is configured', async () => {
    agent.tell((method, _body, answer) => (method === 'GetKey' ? { ...answer, signature_chain: [] } : answer))
    const { provider } = await openUnchecked()
    expect(await provider.deriveSecret('settlement')).toHaveLength(32)
  })
})

describe('a guest agent that errs', () => {
  it.each<[string, object | string | number, string]>([
    ['refuses', 500, 'refused GetKey with 500'],
    ['speaks no JSON', 'secret-looking nonsense', 'unknown answer to GetKey'],
    ['leaves the key out', { signature_chain: [] }, 'unknown answer to GetKey'],
    ['gives a key of another length', { key: '0102', signature_chain: [] }, 'has 2 bytes'],
  ])('%s: its answer is named by method alone', async (_what, told, message) => {
    agent.tell((method, _body, answer) => (method === 'GetKey' ? told : answer))
    const { provider } = await openUnchecked()
    const error = await provider.deriveSecret('settlement').catch((cause: unknown) => cause)
    expect(String(error)).toContain(message)
    expect(String(error)).not.toContain('nonsense')
  })

  it('is not there', async () => {
    await expect(openDstack({ socketPath: `${agent.socketPath}.none`, signerFile: signerFile() })).rejects.toThrow(
      'does not answer',
    )
  })
})

describe('the key provider', () => {
  const openBy = (env: Record<string, string>, chainId = 31337) =>
    openKeyProvider(loadEnv(enclaveEnv, env), createLogger('enclave', 'silent'), chainId)
  const baseEnv = () => ({
    ...{ KEY_PROVIDER: 'dstack', DSTACK_SOCKET: agent.socketPath },
    ...{ ENCLAVE_OPERATOR: domain.operator, ENCLAVE_SIGNER_FILE: signerFile() },
  })

  it('is the one that the environment names', async () => {
    expect((await openBy({ ...baseEnv(), DSTACK_KMS_ROOT: `0x${agent.root}` })).simulated).toBe(false)
    expect(() => loadEnv(enclaveEnv, { KEY_PROVIDER: 'file' })).toThrow('KEY_PROVIDER')
    expect(() => loadEnv(enclaveEnv, { DSTACK_KMS_ROOT: '0x1234' })).toThrow('DSTACK_KMS_ROOT')
    expect(() => loadEnv(enclaveEnv, {})).toThrow('ENCLAVE_OPERATOR is not set')
    expect(() => loadEnv(enclaveEnv, { ENCLAVE_OPERATOR: '0x12' })).toThrow('ENCLAVE_OPERATOR: must be an address')
  })

  it('is told away from the local chain which app and which root its keys must be of', async () => {
    const base = baseEnv()
    const [DSTACK_KMS_ROOT, DSTACK_APP_ID] = [agent.root, agent.appId]
    expect((await openBy(base)).simulated).toBe(false)
    expect((await openBy({ ...base, DSTACK_KMS_ROOT, DSTACK_APP_ID }, 1)).simulated).toBe(false)
    await expect(openBy({ ...base, DSTACK_APP_ID }, 1)).rejects.toThrow('DSTACK_KMS_ROOT is not set')
    await expect(openBy({ ...base, DSTACK_KMS_ROOT }, 1)).rejects.toThrow('DSTACK_APP_ID is not set')
    expect(() => loadEnv(enclaveEnv, { DSTACK_APP_ID: '0x1234' })).toThrow('DSTACK_APP_ID')
  })
})
