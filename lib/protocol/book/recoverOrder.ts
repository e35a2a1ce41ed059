import type { Hex } from 'viem'
import type { SealedEnvelope } from '../sealing/publicCheck'
import { openOwn } from '../sealing/recover'
import { judgeOrder, type InvalidOrderReason, type OrderTerms } from './judgeOrder'

/** `other-secret`: it was sealed with another secret, or by another wallet. */
export type RecoveredOrder =
  { ok: true; order: OrderTerms } | { ok: false; reason: InvalidOrderReason | 'other-secret' }

/**
 * A trader reads his own order again from his secret and the chain, judged as the enclave judges it.
 * PROTOCOL.md sections 4 and 11.
 * @param input `context` from `orderContext` with the key that the order's event names; `minLots` the market's.
 * @throws SubrosaError INVALID_LENGTH for a secret that is not 32 bytes, INVALID_SEALING_KEY.
 */
export function recoverOrder(
  input: SealedEnvelope & { secret: Uint8Array; sealingKey: Hex; minLots: number },
): RecoveredOrder {
  const opened = openOwn(input)
  if (!opened.ok) return opened
  const judged = judgeOrder(opened, input, input.minLots)
  if (!judged.valid) return { ok: false, reason: judged.reason }
  const { flags, price, quantity, minFill, expiryBatch } = judged
  return { ok: true, order: { flags, price, quantity, minFill, expiryBatch } }
}
