import { p256 } from '@noble/curves/nist.js'
import { bytesToBigInt, hexToBytes } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import zkp from '@vulpemventures/secp256k1-zkp'
import { bigEndian } from '../../../lib/protocol/bytes'
import type { AuctionSettlement } from '../../../lib/protocol/auction/settlement'
import type { ProofBackend } from '../../../lib/protocol/proof/backend'
import { extraCommitOf } from '../../../lib/protocol/proof/context'
import { proveEquality, verifyEquality } from '../../../lib/protocol/proof/equality'
import { deriveNonce } from '../../../lib/protocol/proof/nonce'
import { makeProof, planProofs } from '../../../lib/protocol/proof/proveSettlement'
import { verifyRange } from '../../../lib/protocol/proof/range'
import { isRangeProofOf } from '../../../lib/protocol/proof/rangeHeader'
import { derivedCommitment, derivedOpening } from '../../../lib/protocol/proof/rangeStatement'
import { RANGE_PROOF_LENGTH, ROW } from '../../../lib/protocol/proof/rows'
import { SERIALIZED_H, serializeCommitment } from '../../../lib/protocol/proof/serializePoint'
import { rangeStatementOf } from '../../../lib/protocol/proof/statements'
import { runHere, verifySettlement } from '../../../lib/protocol/proof/verifySettlement'
import { known } from './cheat'
import { backend, bundleOf, contextOf, honestClaim, judgedBids, proofsOf, publish } from './claim'
import { buildWorld, secrets, sealingKey, sealingSecret, type WorldSpec } from './world'
import { freshBytes } from '../../fixtures/freshBytes'

type Loader = typeof zkp
const library = await (typeof zkp === 'function' ? zkp : (zkp as { default: Loader }).default)()

const SPEC: WorldSpec = { rule: 'SECOND_PRICE', bids: [{ price: 40 }, { price: 90 }, { price: 80 }, { price: 40 }] }
const world = buildWorld(SPEC)
const claim = honestClaim(world)
const context = contextOf(world, claim)

/** The names of the checks that fail where `proofs` stand in for those of one bid. */
async function caughtWith(seq: number, proofs: { row: (typeof ROW)[keyof typeof ROW]; proof: Uint8Array }[]) {
  const entries = [...proofsOf(world, claim, { leaveOut: [seq] }), ...proofs.map((entry) => ({ ...entry, seq }))]
  const verdict = await verifySettlement(await publish(world, claim, bundleOf(world, entries)), {
    run: runHere(backend),
  })
  return verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name)
}

describe('proofs moved from elsewhere, each true where it was made', () => {
  const proofsMade = (changes: Partial<AuctionSettlement>) => proofsOf(world, claim, { leaveOut: [0, 1, 3], changes })

  it.each<[string, Partial<AuctionSettlement>]>([
    ['another round', { round: 2 }],
    ['another clearing price', { clearingPrice: 79 }],
    ['another list of bids', { acc: `0x${'01'.repeat(32)}` }],
    ['a longer list of bids', { count: 5 }],
    ['other terms', { paramsHash: `0x${'01'.repeat(32)}` }],
    ['other winners', { winnersHash: `0x${'01'.repeat(32)}` }],
    ['another reserve', { reserve: 11 }],
    ['another auction', { id: `0x${'01'.repeat(32)}` }],
  ])('%s', async (_, changes) => {
    expect(await caughtWith(2, proofsMade(changes))).toEqual(['bid:2'])
  })

  const rangeProofUnder = (extraCommit: Uint8Array) => {
    const bid = known(context, world, 0)
    const statement = rangeStatementOf(context, bid, ROW.lost)!
    const { value, blinding } = derivedOpening(statement, bid)
    const commitment = serializeCommitment(derivedCommitment(statement, bid)!)
    const nonce = deriveNonce(secrets.nonceSecret, 'range', [extraCommit])
    return {
      row: ROW.lost,
      proof: backend.proveRange({ value, blinding: bigEndian(blinding, 32), commitment, bits: 32, nonce, extraCommit }),
    }
  }

  it('the same statement under its own extraCommit passes', async () => {
    expect(await caughtWith(0, [rangeProofUnder(extraCommitOf(context, 0, ROW.lost))])).toEqual([])
  })
  it('another chain', async () => {
    const elsewhere = { ...context, domain: { ...context.domain, chainId: 1n } }
    expect(await caughtWith(0, [rangeProofUnder(extraCommitOf(elsewhere, 0, ROW.lost))])).toEqual(['bid:0'])
  })
  it('another contract', async () => {
    const elsewhere = { ...context, domain: { ...context.domain, contract: `0x${'01'.repeat(20)}` as const } }
    expect(await caughtWith(0, [rangeProofUnder(extraCommitOf(elsewhere, 0, ROW.lost))])).toEqual(['bid:0'])
  })
  it('another row', async () => {
    expect(await caughtWith(0, [rangeProofUnder(extraCommitOf(context, 0, ROW.uncovered))])).toEqual(['bid:0'])
  })
  it('another bid’s extraCommit', async () => {
    expect(await caughtWith(0, [rangeProofUnder(extraCommitOf(context, 3, ROW.lost))])).toEqual(['bid:0'])
  })
  it('another bid of the same price', async () => {
    const [made] = proofsOf(world, claim, { leaveOut: [1, 2, 3] })
    expect(await caughtWith(3, [made!])).toEqual(['bid:3'])
  })
  it('the hash of the bundle plays no part: it could not be known when the proofs are made', () => {
    const named = { ...context, settlement: { ...context.settlement, proofHash: `0x${'01'.repeat(32)}` as const } }
    expect(extraCommitOf(named, 0, ROW.lost)).toEqual(extraCommitOf(context, 0, ROW.lost))
  })
})

describe('parameters of range proofs', () => {
  const extraCommit = new Uint8Array(32).fill(1)
  const bid = known(context, world, 1)
  const statement = { bits: 32, of: 'price', sign: 1, offset: -80n } as const
  const derived = derivedOpening(statement, bid)
  const commitment = serializeCommitment(derivedCommitment(statement, bid)!)

  /** What the library makes with these parameters, of whatever commitment. */
  function made(minimum: string, exponent: string, bits: string): Uint8Array {
    return library.rangeproof.sign(
      ...([derived.value.toString(), commitment, SERIALIZED_H, bigEndian(derived.blinding, 32)] as const),
      ...([new Uint8Array(32).fill(9), minimum, exponent, bits, new Uint8Array(0), extraCommit] as const),
    )
  }
  const isTaken = (proof: Uint8Array) => ({
    library: backend.verifyRange(proof, commitment, extraCommit),
    here: verifyRange(backend, statement, bid, proof, extraCommit),
  })

  it('takes exponent 0, minimum 0 and exactly 32 bits', () => {
    expect(isTaken(made('0', '0', '32'))).toEqual({ library: true, here: true })
  })
  it.each([
    ['a width of 31 bits', '0', '0', '31'],
    ['a width of 33 bits', '0', '0', '33'],
    ['a width of 4 bits', '0', '0', '4'],
    ['a width of 64 bits', '0', '0', '64'],
    ['a minimum of 1', '1', '0', '32'],
    ['a decimal exponent of 1, as long as the right one', '0', '1', '32'],
    ['a decimal exponent of 9', '0', '9', '32'],
    ['an exact value, shown', '10', '-1', '0'],
  ])('refuses %s, which the library takes', (_, minimum, exponent, bits) => {
    expect(isTaken(made(minimum, exponent, bits))).toEqual({ library: true, here: false })
  })
  it('an exponent of 1 keeps the length: only the header tells', () => {
    const proof = made('0', '1', '32')
    expect(proof.length).toBe(RANGE_PROOF_LENGTH[32])
    expect(library.rangeproof.info(proof).exp).toBe('1')
  })
  it.each<[string, number, number]>([
    ['flags: none', 0, 0x00],
    ['flags: a minimum', 0, 0x60],
    ['flags: an exponent', 0, 0x41],
    ['flags: the spare bit', 0, 0xc0],
    ['mantissa: 31', 1, 30],
    ['mantissa: 33', 1, 32],
    ['a spare sign', 3, 0x80],
  ])('refuses by its header alone, %s', (_, at, byte) => {
    const proof = made('0', '0', '32')
    expect(isRangeProofOf(proof, 32)).toBe(true)
    proof[at] = byte
    expect(isRangeProofOf(proof, 32)).toBe(false)
  })
  it('refuses a header that was corrected afterwards', () => {
    const proof = made('0', '1', '32')
    proof[0] = 0x40
    expect(isTaken(proof)).toEqual({ library: false, here: false })
  })
  it('refuses a 32-bit proof where 64 bits are asked for', () => {
    const proof = made('0', '0', '32')
    expect(verifyRange(backend, { ...statement, bits: 64 }, bid, proof, extraCommit)).toBe(false)
  })
  it('reads H and commitments as the library writes them', () => {
    const byLibrary = library.pedersen.commitment(
      derived.value.toString(),
      SERIALIZED_H,
      bigEndian(derived.blinding, 32),
    )
    expect(commitment).toEqual(byLibrary)
  })
})

describe('nonces', () => {
  it('are one for each proof, settlement and round', () => {
    const nonces: string[] = []
    const recording: ProofBackend = {
      ...backend,
      proveRange: (witness) => {
        nonces.push(witness.nonce.join())
        return backend.proveRange(witness)
      },
    }
    const contexts = [context, contextOf(world, claim, { round: 2 })]
    for (const each of contexts) {
      for (const task of planProofs(each, judgedBids(world, claim)))
        makeProof(recording, each, secrets, task, freshBytes)
    }
    expect(nonces.length).toBe(2 * 4)
    expect(new Set(nonces).size).toBe(nonces.length)
  })

  it('used twice would give the sealing key away, and are not', () => {
    const enc = hexToBytes(world.live[0]!.sealed).slice(16, 81)
    const shared = p256.Point.fromBytes(enc).multiply(secrets.sealingScalar).toBytes(false)
    const statementOf = (fill: number) => ({ sealingKey, enc, shared, extraCommit: new Uint8Array(32).fill(fill) })
    const proofs = [1, 2].map((fill) =>
      proveEquality(statementOf(fill), secrets.sealingScalar, secrets.nonceSecret, freshBytes),
    )
    const parts = proofs.map((proof) => ({ c: bytesToBigInt(proof.slice(0, 32)), z: bytesToBigInt(proof.slice(32)) }))
    const [first, second] = parts as [(typeof parts)[0], (typeof parts)[0]]
    const { Fn } = p256.Point
    // (z1 - z2) / (c1 - c2) is the key if the nonces are the same.
    const extracted = Fn.div(Fn.sub(first.z, second.z), Fn.sub(first.c, second.c))
    expect(extracted).not.toBe(secrets.sealingScalar)
    // And with the same nonce put in by hand it is: the extraction is right.
    const reused = Fn.add(
      first.z,
      Fn.mul(Fn.sub(second.c, first.c), BigInt(`0x${Buffer.from(sealingSecret).toString('hex')}`)),
    )
    expect(Fn.div(Fn.sub(first.z, reused), Fn.sub(first.c, second.c))).toBe(secrets.sealingScalar)
  })

  it('a nonce used again for another statement makes no proof of it', async () => {
    const extraCommit = extraCommitOf(context, 0, ROW.lost)
    const elsewhere = extraCommitOf(context, 0, ROW.uncovered)
    const bid = known(context, world, 0)
    const statement = rangeStatementOf(context, bid, ROW.lost)!
    const { value, blinding } = derivedOpening(statement, bid)
    const commitment = serializeCommitment(derivedCommitment(statement, bid)!)
    const nonce = deriveNonce(secrets.nonceSecret, 'range', [extraCommit])
    const proof = backend.proveRange({
      value,
      blinding: bigEndian(blinding, 32),
      commitment,
      bits: 32,
      nonce,
      extraCommit: elsewhere,
    })
    expect(await caughtWith(0, [{ row: ROW.lost, proof }])).toEqual(['bid:0'])
  })
})

describe('equality proofs', () => {
  const enc = hexToBytes(world.live[0]!.sealed).slice(16, 81)
  const shared = p256.Point.fromBytes(enc).multiply(secrets.sealingScalar).toBytes(false)
  const extraCommit = new Uint8Array(32).fill(5)
  const statement = { sealingKey, enc, shared, extraCommit }
  const proof = proveEquality(statement, secrets.sealingScalar, secrets.nonceSecret, freshBytes)
  const order = p256.Point.Fn.ORDER
  const other = p256.Point.BASE.multiply(5n).toBytes(false)

  it('hold for what they were made for', () => {
    expect(verifyEquality(statement, proof)).toBe(true)
  })
  it.each([
    ['another key', { sealingKey: other }],
    ['another blob', { enc: other }],
    ['another point', { shared: other }],
    ['another place', { extraCommit: new Uint8Array(32).fill(6) }],
    ['a point off the curve', { shared: new Uint8Array(65).fill(4) }],
    ['a compressed point', { shared: p256.Point.BASE.toBytes(true) }],
  ])('refuse %s', (_, change) => {
    expect(verifyEquality({ ...statement, ...change }, proof)).toBe(false)
  })
  it('refuse scalars that are not reduced, short proofs and zeros', () => {
    const c = bytesToBigInt(proof.slice(0, 32))
    const wide = (c + order) >> 256n === 0n ? bigEndian(c + order, 32) : bigEndian(order, 32)
    expect(verifyEquality(statement, new Uint8Array([...wide, ...proof.slice(32)]))).toBe(false)
    for (const response of [order, (1n << 256n) - 1n]) {
      expect(verifyEquality(statement, new Uint8Array([...proof.slice(0, 32), ...bigEndian(response, 32)]))).toBe(false)
    }
    expect(verifyEquality(statement, proof.slice(0, 63))).toBe(false)
    expect(verifyEquality(statement, new Uint8Array(64))).toBe(false)
  })
})
