import { p256 } from '@noble/curves/nist.js'
import { hexToBytes } from 'viem'
import { describe, expect, it } from 'vitest'
import { multiplyBlinded } from '../../../lib/protocol/proof/blinded'
import { ecdhPoint, proveEquality, verifyEquality } from '../../../lib/protocol/proof/equality'
import { freshBytes } from '../../fixtures/freshBytes'

const { Point } = p256
const { Fn } = Point
const scalar = Fn.create(BigInt(`0x${Buffer.from(freshBytes(48)).toString('hex')}`))
const enc = Point.BASE.multiply(77n).toBytes(false)
const sealingKey = Point.BASE.multiply(scalar).toBytes(false)
const shared = Point.BASE.multiply(Fn.mul(77n, scalar)).toBytes(false)
const statement = { sealingKey, enc, shared, extraCommit: new Uint8Array(32).fill(5) }
const nonceSecret = new Uint8Array(32).fill(6)

/** A point that tells what it is multiplied by. */
function watched(scalars: bigint[]): typeof Point.BASE {
  return new Proxy(Point.BASE, {
    get: (point, name) =>
      name === 'multiply' ? (by: bigint) => (scalars.push(by), point.multiply(by)) : Reflect.get(point, name),
  })
}

/** Random bytes, and how often somebody drew some. */
function counted() {
  const draws: number[] = []
  return { draws, random: (length: number) => (draws.push(length), freshBytes(length)) }
}

describe('a secret scalar', () => {
  it('is never what a point is multiplied by, but in two shares that are others each time', () => {
    const scalars: bigint[] = []
    for (let times = 0; times < 2; ++times) {
      expect(multiplyBlinded(watched(scalars), scalar, freshBytes).toBytes(false)).toEqual(sealingKey)
    }
    expect(scalars).toHaveLength(4)
    expect(new Set([...scalars, scalar]).size).toBe(5)
    for (const at of [0, 2]) expect(Fn.add(scalars[at]!, scalars[at + 1]!)).toBe(scalar)
  })

  it('gets new shares where a share would be 0, which says what the other is', () => {
    const draws = ['00'.repeat(48), scalar.toString(16).padStart(96, '0'), '00'.repeat(47) + '07']
    const scalars: bigint[] = []
    multiplyBlinded(watched(scalars), scalar, () => hexToBytes(`0x${draws.shift()!}`))
    expect(scalars).toEqual([7n, Fn.sub(scalar, 7n)])
  })

  it('is in shares wherever a bidder chose the point: the same results, from other shares each time', () => {
    const opening = counted()
    expect([1, 2].map(() => ecdhPoint(scalar, enc, opening.random))).toEqual([shared, shared])
    expect(opening.draws).toEqual([48, 48])

    const proving = counted()
    const proofs = [1, 2].map(() => proveEquality(statement, scalar, nonceSecret, proving.random))
    // The nonce with each of two points, and the key with the challenge, which the bidder's point is part of.
    expect(proving.draws).toEqual(Array.from({ length: 6 }, () => 48))
    expect(proofs[0]).toEqual(proofs[1])
    expect(verifyEquality(statement, proofs[0]!)).toBe(true)
  })
})
