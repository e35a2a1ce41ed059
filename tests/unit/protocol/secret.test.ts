import { hkdfSync } from 'node:crypto'
import { bytesToHex, encodeAbiParameters, hexToBytes, keccak256, stringToHex } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { deriveBlinding } from '../../../lib/protocol/commitment/blinding'
import { N } from '../../../lib/protocol/commitment/generator'
import { deriveRho, ephemeralKeyMaterial, secretFromSignature } from '../../../lib/protocol/sealing/secret'
import { alice, context, mallory, secret } from './sealingFixture'

const salt = hexToBytes('0x000102030405060708090a0b0c0d0e0f')
const hkdf = (ikm: Uint8Array, info: string) =>
  `0x${Buffer.from(hkdfSync('sha256', ikm, '', Buffer.from(info, 'hex'), 32)).toString('hex')}`
const hexOf = (text: string) => Buffer.from(text).toString('hex')

describe('what a bid derives from its secret, by node:crypto over section 4’s concatenations', () => {
  const terms = {
    salt,
    price: 0x11121314,
    quantity: 0x21222324,
    flags: 0x3132,
    minFill: 0x41424344,
    expiryBatch: 0x51525354,
  }

  it('rho', () => {
    const info = [hexOf('rho'), bytesToHex(salt).slice(2), '11121314', '21222324', '3132', '41424344', '51525354']
    expect(deriveRho(secret, terms)).toBe(hkdf(secret, info.join('')))
  })

  it('the ephemeral key’s material', () => {
    const info = [hexOf('eph'), bytesToHex(salt).slice(2), '05'.padStart(64, '0'), 'ff'.repeat(32)]
    const material = ephemeralKeyMaterial(secret, { salt, x: 5n, y: 2n ** 256n - 1n })
    expect(bytesToHex(material)).toBe(hkdf(secret, info.join('')))
  })

  it('the secret itself, from r and the low s', () => {
    const r = '11'.repeat(32)
    const s = '22'.repeat(32)
    const high = (N - BigInt(`0x${s}`)).toString(16).padStart(64, '0')
    const expected = hkdf(Buffer.from(r + s, 'hex'), '')
    expect(bytesToHex(secretFromSignature(`0x${r}${s}1b`))).toBe(expected)
    expect(bytesToHex(secretFromSignature(`0x${r}${high}1c`))).toBe(expected)
  })

  it('refuses a salt or a secret of another length', () => {
    const code = expect.objectContaining({ code: 'INVALID_LENGTH' }) as Error
    expect(() => deriveRho(secret, { ...terms, salt: salt.slice(1) })).toThrow(code)
    expect(() => deriveRho(secret.slice(1), terms)).toThrow(code)
    expect(() => ephemeralKeyMaterial(secret, { salt: salt.slice(1), x: 1n, y: 1n })).toThrow(code)
  })
})

describe('deriveBlinding (PROTOCOL.md section 3)', () => {
  const { chainId, contract, kind, id } = context
  const rho = `0x${'77'.repeat(32)}` as const
  const input = { chainId, contract, kind, id, trader: alice, flags: 1, minFill: 2, expiryBatch: 3, rho }

  it('is the hash of every field, reduced', () => {
    const words = [
      'bytes32',
      'uint256',
      'uint256',
      'uint256',
      'uint256',
      'uint256',
      'uint256',
      'uint256',
      'uint256',
      'uint256',
    ]
    const values = [
      keccak256(stringToHex('subrosa/v1/open')),
      chainId,
      BigInt(contract),
      kind,
      BigInt(id),
      BigInt(alice),
      1,
      2,
      3,
      BigInt(rho),
    ]
    const encoded = encodeAbiParameters(
      words.map((type) => ({ type })),
      values,
    )
    expect(deriveBlinding(input)).toBe(BigInt(keccak256(encoded)) % N)
  })

  it.each([
    { chainId: 1n },
    { contract: mallory },
    { kind: 3 },
    { id: rho },
    { trader: mallory },
    { flags: 2 },
    { minFill: 3 },
    { expiryBatch: 4 },
    { rho: id },
  ])('moves with %o', (changes) => {
    expect(deriveBlinding({ ...input, ...changes })).not.toBe(deriveBlinding(input))
  })
})
