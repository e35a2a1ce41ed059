import type { Address, Hex } from 'viem'
import { KIND, UINT32_MAX } from '../constants'
import { SubrosaError } from '../errors'
import { keyIdOf, type SealContext } from '../sealing/context'
import { sealBid, type SealedBid } from '../sealing/seal'
import { assertPrice, assertQuantity } from '../values'
import { ORDER_FLAGS_MASK, type OrderTerms } from './judgeOrder'
import type { BookDomain } from './market'

/** The context of an order of one market, sealed to one key: kind 2, closesAt 0. PROTOCOL.md sections 4 and 11. */
export function orderContext({ chainId, contract }: BookDomain, marketId: Hex, keyId: Hex): SealContext {
  return { keyId, chainId, contract, kind: KIND.market, id: marketId, closesAt: 0n }
}

/**
 * Checks terms before they are sealed, so that nobody sends an order that `judgeOrder` will refuse.
 * @throws SubrosaError PRICE_OUT_OF_RANGE, QUANTITY_OUT_OF_RANGE, MIN_FILL_OUT_OF_RANGE, EXPIRY_OUT_OF_RANGE,
 * VALUE_OUT_OF_RANGE for unknown flags.
 * @param minLots The market's.
 */
export function assertOrderTerms({ flags, price, quantity, minFill, expiryBatch }: OrderTerms, minLots: number): void {
  assertPrice(price)
  assertQuantity(quantity)
  if (quantity < minLots) {
    throw new SubrosaError('QUANTITY_OUT_OF_RANGE', { field: 'quantity', details: `must be at least ${minLots} lots` })
  }
  if (!Number.isInteger(minFill) || minFill < 0 || minFill > quantity) {
    throw new SubrosaError('MIN_FILL_OUT_OF_RANGE', { field: 'minFill' })
  }
  if (!Number.isInteger(expiryBatch) || expiryBatch < 0 || expiryBatch > UINT32_MAX) {
    throw new SubrosaError('EXPIRY_OUT_OF_RANGE', { field: 'expiryBatch' })
  }
  if (!Number.isInteger(flags) || flags < 0 || (flags & ~ORDER_FLAGS_MASK) !== 0) {
    throw new SubrosaError('VALUE_OUT_OF_RANGE', { field: 'flags' })
  }
}

export interface SealOrderInput {
  domain: BookDomain
  marketId: Hex
  /** The enclave's public key, uncompressed, 65 bytes. */
  sealingKey: Hex
  trader: Address
  terms: OrderTerms
  /** The market's. */
  minLots: number
  /** 32 bytes: `secretFromSignature` of `orderSecretTypedData`, or random. */
  secret: Uint8Array
  /** 16 fresh random bytes, never used for another order of the same secret. */
  salt: Uint8Array
}

/**
 * Seals an order for a market: nothing of it shows, its side neither. PROTOCOL.md sections 4 and 11.
 * @throws SubrosaError as `assertOrderTerms` and `sealBid` do.
 */
export async function sealOrder(input: SealOrderInput): Promise<SealedBid> {
  const { domain, marketId, sealingKey, trader, terms, minLots, secret, salt } = input
  assertOrderTerms(terms, minLots)
  const context = orderContext(domain, marketId, keyIdOf(sealingKey))
  return sealBid({ sealingKey, context, trader, secret, salt, ...terms })
}
