import type { Secp256k1ZKP } from '@vulpemventures/secp256k1-zkp'
import { SubrosaError } from '../errors'
import type { RangeBits } from './rows'
import { SERIALIZED_H } from './serializePoint'

/** What a range proof is made of. Byte strings as libsecp256k1-zkp has them. */
export interface RangeWitness {
  /** In [0, 2^bits). */
  value: bigint
  /** 32 bytes, not 0. */
  blinding: Uint8Array
  /** 33 bytes, `serializeCommitment(value * H + blinding * G)`. */
  commitment: Uint8Array
  bits: RangeBits
  /** 32 secret bytes that no other statement was ever proven with. */
  nonce: Uint8Array
  extraCommit: Uint8Array
}

/** libsecp256k1-zkp's range proofs, with H as the generator. Loaded once; its calls are synchronous, 10 to 60 ms. */
export interface ProofBackend {
  proveRange(witness: RangeWitness): Uint8Array
  /** The library's verdict alone. It takes any width, exponent and minimum: callers use `verifyRange`. */
  verifyRange(proof: Uint8Array, commitment: Uint8Array, extraCommit: Uint8Array): boolean
}

type Loader = () => Promise<Secp256k1ZKP>

/** CommonJS with a default export: bundlers unwrap it, Node does not. */
function loaderOf(module: { default: Loader | { default: Loader } }): Loader {
  return typeof module.default === 'function' ? module.default : module.default.default
}

/** Loads the WebAssembly library, 2 MB of script. In browsers, for a worker: its calls block the thread. */
export async function loadProofBackend(): Promise<ProofBackend> {
  const { rangeproof } = await loaderOf(await import('@vulpemventures/secp256k1-zkp'))()
  return {
    proveRange({ value, blinding, commitment, bits, nonce, extraCommit }) {
      const [minimum, exponent, message] = ['0', '0', new Uint8Array(0)] as const
      const width = String(bits)
      try {
        return rangeproof.sign(
          ...([value.toString(), commitment, SERIALIZED_H, blinding, nonce] as const),
          ...([minimum, exponent, width, message, extraCommit] as const),
        )
      } catch (cause) {
        throw new SubrosaError('INTERNAL', { details: 'the library made no range proof', cause })
      }
    },
    verifyRange: (proof, commitment, extraCommit) => rangeproof.verify(proof, commitment, SERIALIZED_H, extraCommit),
  }
}
