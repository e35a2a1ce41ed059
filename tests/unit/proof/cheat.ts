import { p256 } from '@noble/curves/nist.js'
import { concatBytes, hexToBytes } from 'viem/utils'
import { deriveBlinding } from '../../../lib/protocol/commitment/blinding'
import { bigEndian } from '../../../lib/protocol/bytes'
import type { BundleEntry } from '../../../lib/protocol/proof/bundle'
import { extraCommitOf, sealContextOf, type ProofContext } from '../../../lib/protocol/proof/context'
import { proveEquality } from '../../../lib/protocol/proof/equality'
import { deriveNonce } from '../../../lib/protocol/proof/nonce'
import { proveRange } from '../../../lib/protocol/proof/range'
import { derivedCommitment, derivedOpening, type RangeStatement } from '../../../lib/protocol/proof/rangeStatement'
import type { Row } from '../../../lib/protocol/proof/rows'
import { serializeCommitment } from '../../../lib/protocol/proof/serializePoint'
import { rangeStatementOf } from '../../../lib/protocol/proof/statements'
import { backend } from './claim'
import { secrets, type World } from './world'
import { freshBytes } from '../../fixtures/freshBytes'

/** What is known of a bid to whoever made it, or opened it. */
export function known(context: ProofContext, world: World, seq: number) {
  const bid = world.live.find((candidate) => candidate.seq === seq)!
  const opening = world.committed.get(seq)!
  const { chainId, contract, kind, id } = sealContextOf(context)
  const bound = { chainId, contract, kind, id, trader: bid.bidder, flags: 0, minFill: 0, expiryBatch: 0 }
  return { ...bid, ...opening, blinding: deriveBlinding({ ...bound, rho: opening.rho }) }
}

/**
 * The best that the library makes of a false statement: the very commitment that the verifier derives, its true
 * blinding, and the value wrapped into the range.
 */
export function wrapped(context: ProofContext, world: World, seq: number, row: Row): BundleEntry {
  const bid = known(context, world, seq)
  const statement = rangeStatementOf(context, bid, row)!
  const { value, blinding } = derivedOpening(statement, bid)
  const commitment = serializeCommitment(derivedCommitment(statement, bid)!)
  const extraCommit = extraCommitOf(context, seq, row)
  const proof = backend.proveRange({
    value: BigInt.asUintN(statement.bits, value),
    blinding: bigEndian(blinding, 32),
    commitment,
    bits: statement.bits,
    nonce: deriveNonce(secrets.nonceSecret, 'range', [extraCommit, commitment]),
    extraCommit,
  })
  return { seq, row, proof }
}

/** A proof of another statement, which is true, in this row's place and with its extraCommit. */
export function instead(
  context: ProofContext,
  world: World,
  seq: number,
  row: Row,
  change: Partial<RangeStatement>,
): BundleEntry {
  const bid = known(context, world, seq)
  const statement = { ...rangeStatementOf(context, bid, row)!, ...change }
  const proof = proveRange(backend, statement, bid, extraCommitOf(context, seq, row), secrets.nonceSecret)
  return { seq, row, proof }
}

/** A blob proof with another scalar than the sealing key's, or with another point than the blob's. */
export function falseBlob(
  context: ProofContext,
  world: World,
  { seq, row, scalar, shared }: { seq: number; row: Row; scalar: bigint; shared?: Uint8Array },
): BundleEntry {
  const enc = hexToBytes(world.live.find((bid) => bid.seq === seq)!.sealed).slice(16, 81)
  const point = shared ?? p256.Point.fromBytes(enc).multiply(scalar).toBytes(false)
  const extraCommit = extraCommitOf(context, seq, row)
  const statement = { sealingKey: hexToBytes(context.sealingKey), enc, shared: point, extraCommit }
  return { seq, row, proof: concatBytes([point, proveEquality(statement, scalar, secrets.nonceSecret, freshBytes)]) }
}
