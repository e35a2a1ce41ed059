import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesToHex, keccak256, recoverAddress } from 'viem'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { epochAt, periodOf } from '../../../lib/enclave/epochs'
import { loadEnclaveKeys, type KeyDomain } from '../../../lib/enclave/keys/enclaveKeys'
import { loadSecretFile } from '../../../lib/enclave/keys/secretFile'
import { openSimulator, simulatorRootAddress } from '../../../lib/enclave/keys/simulator'
import { approvalDigest } from '../../../lib/protocol/attestation/evidence'
import { withSignEntropy } from '../../fixtures/signEntropy'

const domain: KeyDomain = { operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' }
let folder: string
const files = () => ({ seedFile: join(folder, 'enclave', 'seed'), rootFile: join(folder, 'enclave', 'root') })

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
})

describe('loadEnclaveKeys', () => {
  it('gives the same keys after a restart, others with another seed, and one for each epoch', async () => {
    const first = await loadEnclaveKeys(await openSimulator(files()), domain)
    const again = await loadEnclaveKeys(await openSimulator(files()), domain)
    const other = await loadEnclaveKeys(await openSimulator({ ...files(), seedFile: join(folder, 'other') }), domain)
    expect(again.signer).toBe(first.signer)
    expect(other.signer).not.toBe(first.signer)
    const keyIds = await Promise.all([
      first.sealingKey(7n),
      again.sealingKey(7n),
      first.sealingKey(8n),
      other.sealingKey(7n),
    ])
    expect(keyIds[1].keyId).toBe(keyIds[0].keyId)
    expect(new Set(keyIds.map(({ keyId }) => keyId)).size).toBe(3)
  })

  it('signs as its signer, and the same bytes each time', async () => {
    const keys = await loadEnclaveKeys(await openSimulator(files()), domain)
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
