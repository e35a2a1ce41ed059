import type { Hex } from 'viem'
import { KIND } from '../constants'
import { deriveBlinding } from '../commitment/blinding'
import { commit } from '../commitment/commit'
import { encodeValue } from '../values'
import type { Opened, OpenFault } from './open'
import { parsePlaintext, type BidPlaintext, type PlaintextFault } from './plaintext'
import type { SealedEnvelope } from './publicCheck'

/** Why a bid is `invalid`. PROTOCOL.md section 6. */
export type InvalidReason =
  | OpenFault
  | PlaintextFault
  | 'wrong-kind'
  | 'zero-price'
  | 'zero-quantity'
  | 'quantity-not-one'
  | 'flags-set'
  | 'min-fill-set'
  | 'expiry-batch-set'
  | 'commitment-mismatch'

export type Judgement =
  { valid: true; price: number; quantity: number; rho: Hex } | { valid: false; reason: InvalidReason }

/** The leaf and the context that a plaintext is held against, and whether one lot is for sale. */
export type JudgedLeaf = Pick<SealedEnvelope, 'context' | 'trader' | 'x' | 'y'> & { oneLot: boolean }

function faultOf(bid: BidPlaintext, leaf: JudgedLeaf): InvalidReason | null {
  if (bid.kind !== leaf.context.kind) return 'wrong-kind'
  if (bid.price === 0) return 'zero-price'
  if (bid.quantity === 0) return 'zero-quantity'
  const oneLot = leaf.oneLot || leaf.context.kind === KIND.sealedReserve
  if (oneLot && bid.quantity !== 1) return 'quantity-not-one'
  if (bid.flags !== 0) return 'flags-set'
  if (bid.minFill !== 0) return 'min-fill-set'
  if (bid.expiryBatch !== 0) return 'expiry-batch-set'
  return opensCommitment(bid, leaf) ? null : 'commitment-mismatch'
}

/** Whether a plaintext is the opening of the leaf's commitment, under the leaf's own trader. PROTOCOL.md section 3. */
export function opensCommitment(bid: BidPlaintext, leaf: Omit<JudgedLeaf, 'oneLot'>): boolean {
  const { chainId, contract, kind, id } = leaf.context
  const { flags, minFill, expiryBatch, rho } = bid
  const blinding = deriveBlinding({
    chainId,
    contract,
    kind,
    id,
    trader: leaf.trader,
    flags,
    minFill,
    expiryBatch,
    rho,
  })
  const { x, y } = commit(encodeValue(bid.price, bid.quantity), blinding)
  return x === leaf.x && y === leaf.y
}

/**
 * Whether an auction's bid, or a sealed reserve, is valid: section 6's rules, in its order. A verdict for every blob,
 * whatever its sender did. PROTOCOL.md section 6.
 */
export function judgeOpened(opened: Opened, leaf: JudgedLeaf): Judgement {
  if (!opened.ok) return { valid: false, reason: opened.reason }
  const parsed = parsePlaintext(opened.plaintext)
  if (!parsed.ok) return { valid: false, reason: parsed.reason }
  const reason = faultOf(parsed.value, leaf)
  if (reason !== null) return { valid: false, reason }
  const { price, quantity, rho } = parsed.value
  return { valid: true, price, quantity, rho }
}
