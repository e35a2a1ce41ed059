import { readFileSync } from 'node:fs'
import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { verifyP256 } from '../../../lib/protocol/sealing/pok'
import { decrypt, deriveSealingKeys } from '../../../lib/enclave/hpke'
import { ecdhOf, importPrivateKey, importPublicKey, verifyLowS } from '../../../lib/enclave/p256'

type Case = { tcId: number; comment: string; result: 'valid' | 'invalid' | 'acceptable' }

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8'))
const groups = <Group>(name: string) => (load(`wycheproof-${name}`) as { testGroups: Group[] }).testGroups
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const base64url = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
const point = (x: Uint8Array, y: Uint8Array) => new Uint8Array([0x04, ...x, ...y])
const label = ({ tcId, comment }: Case) => `${tcId} ${comment}`

describe('Wycheproof ecdh_secp256r1_webcrypto, natively', () => {
  type Jwk = { crv: string; x: string; y: string; d: string }
  type Group = { tests: (Case & { public: Jwk; private: Jwk; shared: string })[] }
  const cases = groups<Group>('ecdh-p256-webcrypto')
    .flatMap(({ tests }) => tests)
    .filter((item) => item.public.crv !== 'P-256K')

  it('covers the file', () => expect(cases.length).toBeGreaterThan(345))

  it.each(cases.map((item) => [label(item), item] as const))('%s', (_, item) => {
    const given = point(base64url(item.public.x), base64url(item.public.y))
    const publicKey = importPublicKey(given)
    expect(publicKey !== null).toBe(item.result !== 'invalid')
    if (!publicKey) return
    const scalar = base64url(item.private.d)
    const privateKey = importPrivateKey(scalar, p256.getPublicKey(scalar, false))
    expect(Buffer.from(ecdhOf(privateKey)(given)).toString('hex')).toBe(item.shared)
  })
})

describe('Wycheproof ecdsa_secp256r1_sha256_p1363, natively', () => {
  type Group = { publicKey: { uncompressed: string }; tests: (Case & { msg: string; sig: string })[] }
  const cases = groups<Group>('ecdsa-p256-sha256-p1363').flatMap(({ publicKey, tests }) =>
    tests.map((item) => ({ ...item, publicKey: bytes(publicKey.uncompressed) })),
  )

  it.each(cases.map((item) => [label(item), item] as const))('%s', (_, { msg, sig, publicKey, result }) => {
    const verdict = verifyLowS(importPublicKey(publicKey)!, bytes(msg), bytes(sig))
    expect(verdict).toBe(verifyP256(bytes(sig), sha256(bytes(msg)), publicKey))
    if (result === 'invalid') expect(verdict).toBe(false)
  })
})

describe('Wycheproof chacha20_poly1305, natively', () => {
  type Test = Case & { key: string; iv: string; aad: string; msg: string; ct: string; tag: string }
  const cases = groups<{ ivSize: number; tests: Test[] }>('chacha20-poly1305')
    // HPKE's nonce has 12 bytes, always.
    .filter(({ ivSize }) => ivSize === 96)
    .flatMap(({ tests }) => tests)

  it.each(cases.map((item) => [label(item), item] as const))('%s', (_, item) => {
    const keys = { key: bytes(item.key), nonce: bytes(item.iv) }
    const plaintext = decrypt(keys, bytes(item.aad), bytes(item.ct + item.tag))
    expect(plaintext).toEqual(item.result === 'valid' ? bytes(item.msg) : null)
  })
})

describe('RFC 9180 A.5, natively', () => {
  type A5 = Record<'info' | 'skRm' | 'pkRm' | 'enc' | 'key' | 'base_nonce', string> & {
    encryptions: { aad: string; pt: string; ct: string }[]
  }
  const a5 = load('rfc9180-a5-p256-chacha20poly1305') as A5

  it('reaches key, nonce and plaintext from the recipient’s private key', () => {
    const x = ecdhOf(importPrivateKey(bytes(a5.skRm), bytes(a5.pkRm)))(bytes(a5.enc))
    const keys = deriveSealingKeys(x, bytes(a5.enc), bytes(a5.pkRm), bytes(a5.info))
    expect([keys.key.toString('hex'), keys.nonce.toString('hex')]).toEqual([a5.key, a5.base_nonce])
    const { aad, ct, pt } = a5.encryptions[0]!
    expect(decrypt(keys, bytes(aad), bytes(ct))).toEqual(bytes(pt))
    expect(decrypt(keys, bytes(`${aad}00`), bytes(ct))).toBeNull()
  })
})

describe('importPublicKey', () => {
  const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
  const word = (value: bigint) => bytes(value.toString(16).padStart(64, '0'))

  it('refuses a coordinate that is not below p, though it names a point of the curve', () => {
    // The only such points have an x below 2^256 - p.
    const { x, y } = smallPoint()
    expect(importPublicKey(point(word(x), word(y)))).not.toBeNull()
    expect(importPublicKey(point(word(x + p), word(y)))).toBeNull()
  })

  it('refuses points off the curve, infinity, and other encodings', () => {
    const good = p256.getPublicKey(new Uint8Array(32).fill(7), false)
    expect(importPublicKey(good.with(64, good[64]! ^ 1))).toBeNull()
    expect(importPublicKey(point(word(0n), word(0n)))).toBeNull()
    expect(importPublicKey(good.with(0, 0x06))).toBeNull()
    expect(importPublicKey(p256.getPublicKey(new Uint8Array(32).fill(7), true))).toBeNull()
  })

  function smallPoint(): { x: bigint; y: bigint } {
    for (let x = 1n; ; x++) {
      try {
        return p256.Point.fromHex(`02${x.toString(16).padStart(64, '0')}`).toAffine()
      } catch {
        // No point has this x.
      }
    }
  }
})
