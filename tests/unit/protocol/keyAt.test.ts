import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keyAt, type KeyTimes } from '../../../lib/protocol/attestation/keyAt'
import { renderRegistryVectors } from '../../vectors/registryVectors'

it('the vectors that the registry is held to are the committed ones', () => {
  expect(readFileSync(new URL('../../vectors/registry.json', import.meta.url), 'utf8')).toBe(renderRegistryVectors())
})

describe('the key of a span of time (PROTOCOL.md section 11)', () => {
  const key = (name: number, change: Partial<KeyTimes> = {}): KeyTimes => ({
    ...{ keyId: `0x${name}`, notBefore: 0n, notAfter: 1_000n, admittedAt: 1n, retiredAt: null, revokedAt: null },
    ...change,
  })
  const named = (keys: KeyTimes[], from = 100n, until = 200n) => keyAt(keys, from, until)?.keyId ?? null

  it('is the one admitted last, before it began', () => {
    expect(named([])).toBeNull()
    expect(named([key(1), key(2, { admittedAt: 99n }), key(3, { admittedAt: 100n })])).toBe('0x2')
  })

  it.each<[string, Partial<KeyTimes>, boolean]>([
    ['begins with it', { notBefore: 100n }, true],
    ['begins after it', { notBefore: 101n }, false],
    ['ends with it', { notAfter: 200n }, true],
    ['ends before it', { notAfter: 199n }, false],
    ['was retired before', { retiredAt: 99n }, false],
    ['was retired as it began', { retiredAt: 100n }, true],
    ['was revoked before', { revokedAt: 99n }, false],
    ['was revoked as it began', { revokedAt: 100n }, true],
  ])('a key that %s', (_what, change, serves) => {
    expect(named([key(1), key(2, change)])).toBe(serves ? '0x2' : '0x1')
  })

  it('eight are looked back at, of those admitted before', () => {
    const short = (name: number) => key(name, { notAfter: 150n })
    const later = Array.from({ length: 30 }, (_, i) => key(50 + i, { admittedAt: 100n }))
    expect(named([key(1), ...Array.from({ length: 7 }, (_, i) => short(2 + i)), ...later])).toBe('0x1')
    expect(named([key(1), ...Array.from({ length: 8 }, (_, i) => short(2 + i)), ...later])).toBeNull()
  })
})
