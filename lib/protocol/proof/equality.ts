import { p256 } from '@noble/curves/nist.js'
import { bytesToBigInt, bytesToHex, concatBytes, encodeAbiParameters, keccak256 } from 'viem/utils'
import { bigEndian } from '../bytes'
import { multiplyBlinded, timesBlinded, type RandomBytes } from './blinded'
import { deriveNonce } from './nonce'

type P256Point = typeof p256.Point.BASE
const { Point } = p256
const { BASE, Fn } = Point

/** "shared is to enc what sealingKey is to the generator": both are multiples by the enclave's key. 65 bytes each. */
export interface EqualityStatement {
  sealingKey: Uint8Array
  enc: Uint8Array
  /** The ECDH point. */
  shared: Uint8Array
  extraCommit: Uint8Array
}

export const EQUALITY_PROOF_LENGTH = 64

const TRANSCRIPT_LAYOUT = [
  { type: 'bytes32' },
  { type: 'string' },
  { type: 'bytes' },
  { type: 'bytes' },
  { type: 'bytes' },
  { type: 'bytes' },
  { type: 'bytes' },
] as const

/** Fiat and Shamir's challenge: the transcript starts with extraCommit and holds statement and commitments whole. */
function challengeOf(statement: EqualityStatement, a1: P256Point, a2: P256Point): bigint {
  const { sealingKey, enc, shared, extraCommit } = statement
  const points = [sealingKey, enc, shared, a1.toBytes(false), a2.toBytes(false)] as const
  const [key, ephemeral, ecdh, first, second] = points.map((bytes) => bytesToHex(bytes)) as [
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
    `0x${string}`,
  ]
  const values = [bytesToHex(extraCommit), 'subrosa/v1/equality', key, ephemeral, ecdh, first, second] as const
  return Fn.create(BigInt(keccak256(encodeAbiParameters(TRANSCRIPT_LAYOUT, values))))
}

/** The ECDH point of a blob, 65 bytes, by the enclave's sealing scalar. @param random Blinds the scalar; changes nothing. */
export function ecdhPoint(scalar: bigint, enc: Uint8Array, random: RandomBytes): Uint8Array {
  return multiplyBlinded(Point.fromBytes(enc), scalar, random).toBytes(false)
}

/** A nonce below n from 64 bytes, so that no bias is left: biased nonces give a key away. */
function nonceScalar(statement: EqualityStatement, nonceSecret: Uint8Array): bigint {
  const { sealingKey, enc, shared, extraCommit } = statement
  const parts = [extraCommit, sealingKey, enc, shared]
  const halves = ['equality-0', 'equality-1'].map((label) => deriveNonce(nonceSecret, label, parts))
  return Fn.create(bytesToBigInt(concatBytes(halves)))
}

/**
 * Chaum and Pedersen's proof that two discrete logarithms on P-256 are equal, made non-interactive: challenge and
 * response, 64 bytes. PROTOCOL.md section 8.
 * @param scalar The enclave's sealing key. @param random Blinds key and nonce; the proof is the same with any.
 */
export function proveEquality(
  statement: EqualityStatement,
  scalar: bigint,
  nonceSecret: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  const nonce = nonceScalar(statement, nonceSecret)
  const [a1, a2] = [BASE, Point.fromBytes(statement.enc)].map((point) => multiplyBlinded(point, nonce, random)) as [
    P256Point,
    P256Point,
  ]
  const challenge = challengeOf(statement, a1, a2)
  const response = Fn.add(nonce, timesBlinded(challenge, scalar, random))
  return concatBytes([bigEndian(challenge, 32), bigEndian(response, 32)])
}

function parsePoint(bytes: Uint8Array): P256Point | null {
  if (bytes.length !== 65 || bytes[0] !== 0x04) return null
  try {
    return Point.fromBytes(bytes)
  } catch {
    return null
  }
}

/** Whether the proof shows the statement. False, never an error, for anything malformed. */
export function verifyEquality(statement: EqualityStatement, proof: Uint8Array): boolean {
  if (proof.length !== EQUALITY_PROOF_LENGTH) return false
  const key = parsePoint(statement.sealingKey)
  const enc = parsePoint(statement.enc)
  const shared = parsePoint(statement.shared)
  if (!key || !enc || !shared) return false
  const challenge = bytesToBigInt(proof.subarray(0, 32))
  const response = bytesToBigInt(proof.subarray(32))
  if (challenge >= Fn.ORDER || response >= Fn.ORDER) return false
  const minus = Fn.neg(challenge)
  const a1 = BASE.multiplyUnsafe(response).add(key.multiplyUnsafe(minus))
  const a2 = enc.multiplyUnsafe(response).add(shared.multiplyUnsafe(minus))
  return !a1.is0() && !a2.is0() && challengeOf(statement, a1, a2) === challenge
}
