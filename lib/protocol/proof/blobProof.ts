import { concatBytes, hexToBytes } from 'viem/utils'
import { judgeOpened, type Judgement } from '../sealing/judge'
import { openChecked } from '../sealing/open'
import { checkPublicly, type CheckedBlob } from '../sealing/publicCheck'
import { splitSealed } from '../sealing/blob'
import { sealContextOf, type ProofContext, type ProvenBid } from './context'
import type { RandomBytes } from './blinded'
import { ecdhPoint, proveEquality, verifyEquality } from './equality'
import { BLOB_PROOF_LENGTH } from './rows'

const POINT_LENGTH = 65

/** What one blob holds, shown to anyone; null where the proof does not show it. */
export type ShownBlob = Judgement | null

/** The checks of a bid's blob that need no key. PROTOCOL.md section 4. */
export function checkBlob(context: ProofContext, { bidder, x, y, sealed }: ProvenBid) {
  return checkPublicly({ context: sealContextOf(context), trader: bidder, x, y, sealed })
}

/**
 * Opens a blob with its ECDH point, after checking the proof that the point is the right one, and judges what it holds
 * as the enclave had to. PROTOCOL.md sections 6 and 8.
 * @param checked What `checkBlob` gave: a blob that fails it is invalid without any proof.
 */
export function showBlob(
  context: ProofContext,
  bid: ProvenBid,
  checked: CheckedBlob,
  proof: Uint8Array,
  extraCommit: Uint8Array,
): ShownBlob {
  if (proof.length !== BLOB_PROOF_LENGTH) return null
  const sealingKey = hexToBytes(context.sealingKey)
  const shared = proof.subarray(0, POINT_LENGTH)
  const statement = { sealingKey, enc: checked.parts.enc, shared, extraCommit }
  if (!verifyEquality(statement, proof.subarray(POINT_LENGTH))) return null
  const opened = openChecked(checked, shared.slice(1, 33), sealingKey)
  return judgeOpened(opened, { context: sealContextOf(context), trader: bid.bidder, x: bid.x, y: bid.y, oneLot: true })
}

/** Shows what a blob holds: the ECDH point and the proof that it is the right one. The blob passed `checkBlob`. */
export function proveBlob(
  context: ProofContext,
  { sealed }: ProvenBid,
  secrets: { sealingScalar: bigint; nonceSecret: Uint8Array },
  extraCommit: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  const { enc } = splitSealed(sealed)
  const shared = ecdhPoint(secrets.sealingScalar, enc, random)
  const statement = { sealingKey: hexToBytes(context.sealingKey), enc, shared, extraCommit }
  return concatBytes([shared, proveEquality(statement, secrets.sealingScalar, secrets.nonceSecret, random)])
}
