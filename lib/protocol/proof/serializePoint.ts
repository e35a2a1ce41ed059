import { secp256k1 } from '@noble/curves/secp256k1.js'
import { bigEndian } from '../bytes'
import { H, type Secp256k1Point } from '../commitment/generator'

const { Fp } = secp256k1.Point

/** Legendre's symbol by Euler's criterion; y is never 0 on this curve. */
function isSquare(y: bigint): boolean {
  return Fp.eql(Fp.pow(y, (Fp.ORDER - 1n) / 2n), Fp.ONE)
}

function serialize(point: Secp256k1Point, squarePrefix: number): Uint8Array {
  const { x, y } = point.toAffine()
  const bytes = new Uint8Array(33)
  // Not y's parity, as in SEC 1: libsecp256k1-zkp tells the two points of one x apart by which y is a square.
  bytes[0] = squarePrefix + (isSquare(y) ? 0 : 1)
  bytes.set(bigEndian(x, 32), 1)
  return bytes
}

/** A Pedersen commitment as libsecp256k1-zkp reads it: 0x08 where y is a square, else 0x09, then x; 33 bytes. */
export function serializeCommitment(point: Secp256k1Point): Uint8Array {
  return serialize(point, 0x08)
}

/** H as libsecp256k1-zkp reads a generator: 0x0a where y is a square, else 0x0b, then x; 33 bytes. */
export const SERIALIZED_H: Uint8Array = serialize(H, 0x0a)
