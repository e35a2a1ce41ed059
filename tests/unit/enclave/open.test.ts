import fc from 'fast-check'
import { bytesToHex, hexToBytes } from 'viem'
import { describe, expect, it } from 'vitest'
import type { SealingKey } from '../../../lib/enclave/keys/enclaveKeys'
import { openerOf } from '../../../lib/enclave/open'
import { importPrivateKey } from '../../../lib/enclave/p256'
import { keyIdOf } from '../../../lib/protocol/sealing/context'
import type { SealedEnvelope } from '../../../lib/protocol/sealing/publicCheck'
import { parsePlaintext } from '../../../lib/protocol/sealing/plaintext'
import {
  alice,
  enclaveKey,
  envelopeOf,
  mallory,
  openAsEnclave,
  seal,
  sealingKeyBytes,
  sealRaw,
} from '../protocol/sealingFixture'

const key: SealingKey = {
  epoch: 1n,
  keyId: keyIdOf(sealingKeyBytes),
  publicKey: sealingKeyBytes,
  privateKey: importPrivateKey(enclaveKey, sealingKeyBytes),
}

/** A key whose private half must not be touched. */
const untouchable: SealingKey = {
  ...key,
  get privateKey(): never {
    throw new Error('the private key was used')
  },
}

/** Opens for the envelope's own context. */
const openSealed = (by: SealingKey, envelope: SealedEnvelope) => openerOf(by, envelope.context)(envelope)

const flip = (bytes: Uint8Array, at: number, by: number) => bytes.with(at, bytes[at]! ^ by)

describe('openSealed', () => {
  it('opens what the browser’s library sealed', async () => {
    const opened = openSealed(key, envelopeOf(await seal()))
    expect(opened.ok && parsePlaintext(opened.plaintext)).toMatchObject({
      ok: true,
      value: { price: 120, quantity: 1 },
    })
  })

  it('agrees with the pure code whatever bit is turned, and wherever', async () => {
    const sealed = await seal()
    const bytes = hexToBytes(sealed.sealed)
    const verdicts = new Set<string>()
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const envelope = envelopeOf({ ...sealed, sealed: bytesToHex(flip(bytes, at, by)) })
        const native = openSealed(key, envelope)
        verdicts.add(native.ok ? 'ok' : native.reason)
        expect(native).toEqual(openAsEnclave(envelope))
      }),
      { numRuns: 200 },
    )
    expect(verdicts).toEqual(new Set(['bad-pok', ...(verdicts.has('bad-prefix') ? ['bad-prefix'] : [])]))
  })

  it('agrees with the pure code on any plaintext that a sealer dares to seal', async () => {
    const commitment = await seal()
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 96, maxLength: 96 }), (plaintext) => {
        const envelope = envelopeOf(sealRaw(plaintext, commitment))
        expect(openSealed(key, envelope)).toEqual({ ok: true, plaintext })
        expect(openAsEnclave(envelope)).toEqual({ ok: true, plaintext })
      }),
      { numRuns: 30 },
    )
  })

  it('never computes a key for a blob that is invalid on public evidence', async () => {
    const sealed = await seal()
    const bytes = hexToBytes(sealed.sealed)
    const spoiled = (at: number) => envelopeOf({ ...sealed, sealed: bytesToHex(flip(bytes, at, 1)) })
    expect(() => openSealed(untouchable, envelopeOf(sealed))).toThrow('the private key was used')
    expect(openSealed(untouchable, spoiled(16))).toEqual({ ok: false, reason: 'bad-prefix' })
    for (const at of [0, 17, 80, 81, 144, 145, 256]) {
      expect(openSealed(untouchable, spoiled(at))).toEqual({ ok: false, reason: 'bad-pok' })
    }
  })

  it('never computes a key for another bidder’s ephemeral key, repeated under one’s own name', async () => {
    const copied = await seal({ trader: alice })
    expect(openSealed(untouchable, envelopeOf(copied, { trader: mallory }))).toEqual({ ok: false, reason: 'bad-pok' })
    expect(openSealed(untouchable, envelopeOf(copied, { x: copied.x + 1n }))).toEqual({ ok: false, reason: 'bad-pok' })
  })
})
