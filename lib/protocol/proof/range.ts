import { bigEndian } from '../bytes'
import type { Commitment } from '../commitment/commit'
import { SubrosaError } from '../errors'
import type { ProofBackend } from './backend'
import { deriveNonce } from './nonce'
import { isRangeProofOf } from './rangeHeader'
import { derivedCommitment, derivedOpening, type RangeStatement } from './rangeStatement'
import { serializeCommitment } from './serializePoint'

/**
 * Whether `proof` shows the statement about the bid committed to. The commitment that it is checked against is derived
 * here, from the bid's own. False, never an error, for anything else.
 */
export function verifyRange(
  backend: ProofBackend,
  statement: RangeStatement,
  commitment: Commitment,
  proof: Uint8Array,
  extraCommit: Uint8Array,
): boolean {
  if (!isRangeProofOf(proof, statement.bits)) return false
  const derived = derivedCommitment(statement, commitment)
  return derived !== null && backend.verifyRange(proof, serializeCommitment(derived), extraCommit)
}

/**
 * Proves the statement about a bid that is known.
 * @throws SubrosaError INTERNAL where the statement is false: there is no proof then.
 */
export function proveRange(
  backend: ProofBackend,
  statement: RangeStatement,
  bid: Commitment & { price: number; quantity: number; blinding: bigint },
  extraCommit: Uint8Array,
  nonceSecret: Uint8Array,
): Uint8Array {
  const { bits } = statement
  const { value, blinding } = derivedOpening(statement, bid)
  const derived = derivedCommitment(statement, bid)
  if (derived === null || value < 0n || value >> BigInt(bits) !== 0n) {
    throw new SubrosaError('INTERNAL', { details: 'a range proof was asked for of a false statement' })
  }
  const commitment = serializeCommitment(derived)
  const nonce = deriveNonce(nonceSecret, 'range', [extraCommit, bigEndian(bits, 1), commitment])
  return backend.proveRange({ value, blinding: bigEndian(blinding, 32), commitment, bits, nonce, extraCommit })
}
