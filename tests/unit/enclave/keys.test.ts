import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesToHex, keccak256, recoverAddress, type Address } from 'viem'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { epochAt, periodOf } from '../../../lib/enclave/epochs'
import { loadEnclaveKeys, type KeyDomain } from '../../../lib/enclave/keys/enclaveKeys'
import { loadSecretFile } from '../../../lib/enclave/keys/secretFile'
import { openSimulator, simulatorRootAddress } from '../../../lib/enclave/keys/simulator'
import { approvalDigest } from '../../../lib/protocol/attestation/evidence'
import { withSignEntropy } from '../../fixtures/signEntropy'

const domain: KeyDomain = {
  ...{ chainId: 31337, registry: '0x5FbDB2315678afecb367f032d93F642f64180aa3' },
  operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
}
let folder: string
const files = (instance = 'signer') => ({
  seedFile: join(folder, 'enclave', 'seed'),
  rootFile: join(folder, 'enclave', 'root'),
  signerFile: join(folder, 'enclave', instance),
})
const load = async (instance?: string, at: KeyDomain = domain) =>
  loadEnclaveKeys(await openSimulator(files(instance)), at)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subrosa-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the simulator’s files', () => {
  it('are made on the first run, for their owner alone', async () => {
    await openSimulator(files())
    for (const file of Object.values(files())) expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await loadSecretFile(files().seedFile)).not.toEqual(await loadSecretFile(files().rootFile))
  })

  it('are refused where others may read them, and where they hold something else', async () => {
    const { seedFile } = files()
    await loadSecretFile(seedFile)
    await chmod(seedFile, 0o640)
    await expect(loadSecretFile(seedFile)).rejects.toThrow('chmod 600')
    await writeFile(seedFile, 'not a seed')
    await chmod(seedFile, 0o600)
    await expect(loadSecretFile(seedFile)).rejects.toThrow('does not hold 32 bytes')
  })

  it('are one file each, whole, however many processes start together', async () => {
    const { seedFile } = files()
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSecretFile(seedFile)))
    expect(new Set(secrets.map((secret) => bytesToHex(secret))).size).toBe(1)
    expect(await readdir(join(folder, 'enclave'))).toEqual(['seed'])
  })
})

describe('loadEnclaveKeys', () => {
  it('gives the same keys after a restart, others with another seed, and one for each epoch', async () => {
    const first = await load()
    const again = await load()
    const other = await loadEnclaveKeys(await openSimulator({ ...files(), seedFile: join(folder, 'other') }), domain)
    expect(again.signer).toBe(first.signer)
    const keyIds = await Promise.all([
      first.sealingKey(7n),
      again.sealingKey(7n),
      first.sealingKey(8n),
      other.sealingKey(7n),
    ])
    expect(keyIds[1].keyId).toBe(keyIds[0].keyId)
    expect(new Set(keyIds.map(({ keyId }) => keyId)).size).toBe(3)
  })

  it('gives each instance of an app a settlement key of its own, which the app’s seed does not tell', async () => {
    const [first, second] = [await load('first'), await load('second')]
    expect(second.signer).not.toBe(first.signer)
    expect((await second.sealingKey(7n)).keyId).toBe((await first.sealingKey(7n)).keyId)
    expect((await load('first')).signer).toBe(first.signer)
    expect((await stat(files('first').signerFile)).mode & 0o777).toBe(0o600)
    await rm(files('first').signerFile)
    expect((await load('first')).signer).not.toBe(first.signer)
  })

  it('gives no two chains, registries or operators the same sealing key or secret for proofs', async () => {
    const address = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' as const
    const places = [
      domain,
      { ...domain, chainId: 1 },
      { ...domain, registry: address },
      { ...domain, operator: address },
    ]
    const all = await Promise.all(places.map((at) => load(undefined, at)))
    const keyIds = await Promise.all(all.map(async (keys) => (await keys.sealingKey(7n)).keyId))
    const nonces = await Promise.all(all.map(async (keys) => bytesToHex((await keys.proofSecrets(7n)).nonceSecret)))
    expect(new Set(keyIds).size).toBe(4)
    expect(new Set(nonces).size).toBe(4)
    const written = await load(undefined, { ...domain, operator: domain.operator.toLowerCase() as Address })
    expect((await written.sealingKey(7n)).keyId).toBe(keyIds[0])
  })

  it('gives each epoch a secret for proofs of its own', async () => {
    const keys = await load()
    const [seventh, again, eighth] = await Promise.all([7n, 7n, 8n].map((epoch) => keys.proofSecrets(epoch)))
    expect(again).toEqual(seventh)
    expect(eighth!.nonceSecret).not.toEqual(seventh!.nonceSecret)
  })

  it('signs as its signer, and the same bytes each time', async () => {
    const keys = await load()
    const hash = keccak256('0x1234')
    const signature = await keys.sign(hash)
    expect(await keys.sign(hash)).toBe(signature)
    expect(await recoverAddress({ hash, signature })).toBe(keys.signer)
  })

  it('signs and attests with the same bytes, whatever else in this process has viem’s signatures vary', async () => {
    const provider = await openSimulator(files())
    const keys = await loadEnclaveKeys(provider, domain)
    const [hash, reportData] = [keccak256('0x1234'), new Uint8Array(64).fill(3)]
    const [signature, attestation] = [await keys.sign(hash), await provider.attest(reportData)]
    await withSignEntropy(async () => {
      expect(await keys.sign(hash)).toBe(signature)
      expect(await provider.attest(reportData)).toEqual(attestation)
    })
  })

  it('attests by the root key, which is not the seed’s', async () => {
    const provider = await openSimulator(files())
    const reportData = new Uint8Array(64).fill(3)
    const { quote, approval } = await provider.attest(reportData)
    const root = await simulatorRootAddress(files().rootFile)
    const hash = approvalDigest(reportData, provider.appId, quote)
    expect(await recoverAddress({ hash, signature: bytesToHex(approval) })).toBe(root)
    expect((await loadEnclaveKeys(provider, domain)).signer).not.toBe(root)
  })

  it('is of the app whose seed it has, as the machine’s event log says', async () => {
    const [first, again, other] = await Promise.all([
      openSimulator(files()),
      openSimulator(files()),
      openSimulator({ ...files(), seedFile: join(folder, 'other') }),
    ])
    expect(first.appId).toMatch(/^0x[0-9a-f]{40}$/)
    expect(again.appId).toBe(first.appId)
    expect(other.appId).not.toBe(first.appId)
    const { eventLog } = await first.attest(new Uint8Array(64))
    expect(eventLog).toContainEqual(expect.objectContaining({ event: 'app-id', event_payload: first.appId.slice(2) }))
  })
})

describe('epochs', () => {
  const day = 86_400n

  it('leave, at any moment, a key that serves past the longest auction the contract admits', () => {
    for (let now = 1_800_000_000n; now < 1_800_000_000n + 400n * day; now += 7n * day + 1n) {
      const { notBefore, notAfter } = periodOf(epochAt(now))
      expect(notBefore <= now).toBe(true)
      expect(notAfter >= now + 366n * day).toBe(true)
    }
  })
})
