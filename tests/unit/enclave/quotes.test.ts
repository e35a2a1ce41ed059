import { describe, expect, it } from 'vitest'
import type { Attestation, KeyProvider } from '../../../lib/enclave/keys/provider'
import type { EnclaveKeys, SealingKey } from '../../../lib/enclave/keys/enclaveKeys'
import { keepQuotes } from '../../../lib/enclave/keys/keepQuotes'
import { keepSealingKeys } from '../../../lib/enclave/keys/keepSealingKeys'

/** Hardware that makes a quote when told to, and says how many it was asked for. */
function hardware() {
  const made: { data: number; finish: () => void; fail: () => void }[] = []
  const provider = {
    simulated: true,
    attest: (reportData: Uint8Array) =>
      new Promise<Attestation>((resolve, reject) => {
        const attestation = { quote: reportData, approval: new Uint8Array(), eventLog: [], vmConfig: '' }
        const data = reportData[0] ?? 0
        made.push({ data, finish: () => resolve(attestation), fail: () => reject(new Error('no quote')) })
      }),
  } as unknown as KeyProvider
  return { made, provider: keepQuotes(provider) }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('quotes', () => {
  it('are made once for all who ask for the same, and kept', async () => {
    const { made, provider } = hardware()
    const asked = Array.from({ length: 60 }, () => provider.attest(Uint8Array.of(1)))
    made[0]!.finish()
    await Promise.all(asked)
    await provider.attest(Uint8Array.of(1))
    expect(made).toHaveLength(1)
  })

  it('are made one at a time', async () => {
    const { made, provider } = hardware()
    const [first, second] = [provider.attest(Uint8Array.of(1)), provider.attest(Uint8Array.of(2))]
    await settle()
    expect(made.map(({ data }) => data)).toEqual([1])
    made[0]!.finish()
    await first
    await settle()
    expect(made.map(({ data }) => data)).toEqual([1, 2])
    made[1]!.finish()
    await second
  })

  it('are refused beyond a queue, and asked for again where the hardware failed', async () => {
    const { made, provider } = hardware()
    const asked = Array.from({ length: 18 }, (_, data) => provider.attest(Uint8Array.of(data)))
    await expect(asked[17]).rejects.toMatchObject({ code: 'ENCLAVE_BUSY' })
    made[0]!.fail()
    await expect(asked[0]).rejects.toThrow('no quote')
    for (let place = 1; place < 17; ++place) {
      await settle()
      made[place]!.finish()
    }
    await Promise.all(asked.slice(1, 17))
    const again = provider.attest(Uint8Array.of(0))
    await settle()
    made[17]!.finish()
    expect((await again).quote).toEqual(Uint8Array.of(0))
  })
})

describe('sealing keys', () => {
  it('are derived once for each epoch, and again where that failed', async () => {
    let derived = 0
    const keys = keepSealingKeys({
      sealingKey: (epoch: bigint) => {
        derived += 1
        return derived === 1 ? Promise.reject(new Error('agent away')) : Promise.resolve({ epoch } as SealingKey)
      },
    } as unknown as EnclaveKeys)
    await expect(keys.sealingKey(3n)).rejects.toThrow('agent away')
    for (let time = 0; time < 5; ++time) expect((await keys.sealingKey(3n)).epoch).toBe(3n)
    expect(derived).toBe(2)
  })
})
