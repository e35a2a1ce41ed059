import { readFileSync } from 'node:fs'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, hexToBigInt, hexToBytes } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { ecdhX } from '../../../lib/protocol/sealing/ecdh'
import { deriveBytes } from '../../../lib/protocol/sealing/hkdf'
import { decrypt } from '../../../lib/protocol/sealing/open'
import { verifyP256 } from '../../../lib/protocol/sealing/pok'

interface Case {
  tcId: number
  comment: string
  flags: string[]
  result: 'valid' | 'invalid' | 'acceptable'
}

interface Jwk {
  crv: string
  x: string
  y: string
  d: string
}

function load<Group>(name: string): Group[] {
  const url = new URL(`../../vectors/wycheproof-${name}.json`, import.meta.url)
  return (JSON.parse(readFileSync(url, 'utf8')) as { testGroups: Group[] }).testGroups
}

const bytes = (hex: string) => hexToBytes(`0x${hex}`)
const base64url = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
const label = (item: Case) => `${item.tcId} ${item.comment}`

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

describe('Wycheproof ecdh_secp256r1_webcrypto: ecdhX', () => {
  type Group = { tests: (Case & { public: Jwk; private: Jwk; shared: string })[] }
  // A JWK names its curve and a sealed blob's point does not: keys of secp256k1 have no counterpart here.
  const cases = load<Group>('ecdh-p256-webcrypto')
    .flatMap((group) => group.tests)
    .filter((item) => item.public.crv !== 'P-256K')

  it('covers the file', () => {
    expect(cases.length).toBeGreaterThan(345)
  })

  it.each(cases.map((item) => [label(item), item] as const))('%s', (_, item) => {
    const publicKey = concatBytes([Uint8Array.of(4), base64url(item.public.x), base64url(item.public.y)])
    const exchange = () => ecdhX(base64url(item.private.d), publicKey)
    if (item.result === 'invalid') expect(exchange).toThrow(/sealing key/)
    else expect(exchange()).toEqual(bytes(item.shared))
  })
})

describe('Wycheproof ecdsa_secp256r1_sha256_p1363: verifyP256, with s > n/2 refused', () => {
  type Group = { publicKey: { uncompressed: string }; tests: (Case & { msg: string; sig: string })[] }
  const cases = load<Group>('ecdsa-p256-sha256-p1363').flatMap(({ publicKey, tests }) =>
    tests.map((item) => ({ ...item, publicKey: bytes(publicKey.uncompressed) })),
  )
  const isLowS = (sig: string) => hexToBigInt(`0x${sig.slice(64)}`) <= P256_ORDER / 2n

  it('meets signatures on both sides of the rule', () => {
    const valid = cases.filter((item) => item.result === 'valid')
    expect(valid.filter((item) => isLowS(item.sig)).length).toBeGreaterThan(20)
    expect(valid.filter((item) => !isLowS(item.sig)).length).toBeGreaterThan(20)
  })

  it.each(cases.map((item) => [label(item), item] as const))('%s', (_, item) => {
    const accepted = verifyP256(bytes(item.sig), sha256(bytes(item.msg)), item.publicKey)
    expect(accepted).toBe(item.result === 'valid' && isLowS(item.sig))
  })
})

describe('Wycheproof hkdf_sha256: deriveBytes', () => {
  type Group = { tests: (Case & { ikm: string; salt: string; info: string; size: number; okm: string })[] }
  // Ours has no salt and one block of output, and HKDF's first block does not depend on how many follow.
  const cases = load<Group>('hkdf-sha256')
    .flatMap((group) => group.tests)
    .filter((item) => item.salt === '' && item.size >= 32 && item.result === 'valid')

  it('covers what has no salt', () => {
    expect(cases.length).toBeGreaterThan(5)
  })

  it.each(cases.map((item) => [label(item), item] as const))('%s', (_, item) => {
    expect(deriveBytes(bytes(item.ikm), bytes(item.info))).toEqual(bytes(item.okm).slice(0, 32))
  })
})

describe('Wycheproof chacha20_poly1305: decrypt', () => {
  type Fields = { key: string; iv: string; aad: string; msg: string; ct: string; tag: string }
  const cases = load<{ tests: (Case & Fields)[] }>('chacha20-poly1305').flatMap((group) => group.tests)

  it.each(cases.map((item) => [label(item), item] as const))('%s', (_, item) => {
    const keys = { key: bytes(item.key), nonce: bytes(item.iv) }
    const opened = decrypt(keys, bytes(item.aad), bytes(item.ct + item.tag))
    expect(opened).toEqual(item.result === 'valid' ? bytes(item.msg) : null)
  })
})
