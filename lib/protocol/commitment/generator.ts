import { secp256k1 } from '@noble/curves/secp256k1.js'

export type Secp256k1Point = typeof secp256k1.Point.BASE

/** The order of secp256k1, and the modulus of blindings. */
export const N = secp256k1.Point.Fn.ORDER

/** The field of secp256k1. */
export const P = secp256k1.Point.Fp.ORDER

/** The generator that blindings multiply. */
export const G: Secp256k1Point = secp256k1.Point.BASE

/**
 * The generator that values multiply: RFC 9380 hash_to_curve of `subrosa/v1/H`, so nobody knows its logarithm to G.
 * Written out because hashing to the curve costs more than everything else at start; a test derives it again.
 * PROTOCOL.md section 3.
 */
export const H: Secp256k1Point = secp256k1.Point.fromHex(
  '02a59360590c9db5fc794c17a8e7e52454e4b93aa90202ff89ef22fb8d83e21d75',
)
H.precompute(8)
