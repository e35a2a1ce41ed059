import { readFileSync } from 'node:fs'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { bytesToHex, keccak256 } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { bigEndian } from '../../../lib/protocol/bytes'
import { commit, isValidCommitment } from '../../../lib/protocol/commitment/commit'
import { G, H, N, P } from '../../../lib/protocol/commitment/generator'
import { isOpening, openingAddresses } from '../../../lib/protocol/commitment/opening'
import { buildOpeningVectors, renderOpeningVectors } from '../../vectors/openingVectors'

const { openings, refusals } = buildOpeningVectors()

/** The precompile at address 1: null where it answers with nothing. */
function ecrecover(hash: bigint, v: number, r: bigint, s: bigint): string | null {
  if (r === 0n || r >= N || s === 0n || s >= N || (v !== 27 && v !== 28)) return null
  try {
    const signature = new secp256k1.Signature(r, s).addRecoveryBit(v - 27)
    const point = signature.recoverPublicKey(bigEndian(hash, 32))
    return `0x${keccak256(bytesToHex(point.toBytes(false).slice(1))).slice(-40)}`
  } catch {
    return null
  }
}

/** A(a*Q + b*G) by section 3's formula. */
function addressOfCombination(a: bigint, q: { x: bigint; y: bigint }, b: bigint): string | null {
  return ecrecover((((-b * q.x) % N) + N) % N, 27 + Number(q.y & 1n), q.x, (a * q.x) % N)
}

it('opening.json is what generate.ts writes', () => {
  expect(readFileSync(new URL('../../vectors/opening.json', import.meta.url), 'utf8')).toBe(renderOpeningVectors())
})

describe('the opening check (PROTOCOL.md section 3)', () => {
  it('meets commitments of every parity', () => {
    const parities = new Set(openings.map(({ x, y }) => `${x & 1n}${y & 1n}`))
    expect(parities).toEqual(new Set(['00', '01', '10', '11']))
  })

  it.each(openings.map((opening) => [opening.name, opening] as const))('accepts: %s', (_, opening) => {
    const { x, y, value, blinding, e } = opening
    expect(isValidCommitment({ x, y })).toBe(true)
    expect(isOpening({ x, y }, value, blinding)).toBe(true)
    const { left, right } = openingAddresses({ x, y }, value, blinding)
    expect(left).toBe(addressOfCombination(e, { x, y }, (N - ((e * blinding) % N)) % N))
    expect(right).toBe(addressOfCombination((e * value) % N, H.toAffine(), 0n))
  })

  it.each(refusals.map((claim) => [claim.name, claim] as const))('refuses: %s', (_, claim) => {
    expect(claim.accepted).toBe(false)
  })

  it('agrees with the sum computed directly', () => {
    for (const { x, y, value, blinding } of openings) {
      expect(H.multiplyUnsafe(value).add(G.multiplyUnsafe(blinding)).toAffine()).toEqual({ x, y })
    }
  })
})

describe('commit', () => {
  it('takes 0 on either side, but not the point at infinity', () => {
    expect(commit(0n, 1n)).toEqual(G.toAffine())
    expect(commit(1n, 0n)).toEqual(H.toAffine())
    expect(() => commit(0n, 0n)).toThrow(expect.objectContaining({ code: 'INVALID_COMMITMENT' }) as Error)
  })

  it.each([
    [-1n, 1n],
    [N, 1n],
    [1n, -1n],
    [1n, N],
  ])('refuses scalars outside the field: %s, %s', (value, blinding) => {
    expect(() => commit(value, blinding)).toThrow(expect.objectContaining({ code: 'VALUE_OUT_OF_RANGE' }) as Error)
  })
})

describe('isValidCommitment', () => {
  const { x, y } = G.toAffine()

  it.each([
    ['off the curve', x, y + 1n],
    ['y at p', x, y + P],
    ['x negative', -x, y],
    ['zero', 0n, 0n],
  ])('refuses %s', (_, badX, badY) => {
    expect(isValidCommitment({ x: badX, y: badY })).toBe(false)
  })

  it('refuses a point of the curve whose x is n or more', () => {
    let x = N
    for (; ; x++) {
      try {
        secp256k1.Point.fromHex('02' + x.toString(16).padStart(64, '0'))
        break
      } catch {
        continue
      }
    }
    const point = secp256k1.Point.fromHex('02' + x.toString(16).padStart(64, '0')).toAffine()
    expect(isValidCommitment(point)).toBe(false)
  })
})
