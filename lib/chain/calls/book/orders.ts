import type { Hex } from 'viem'
import type { ContractCall } from '../../connection'
import type { BookDeployment } from '../../deployment'
import { bookCall } from './bookCall'

/** What a trader sends for a sealed order. `keyId`: the key it is sealed to; `sealed`: its 257-byte blob. */
export type OrderInput = { id: Hex; keyId: Hex; x: bigint; y: bigint; sealed: Hex }

/** Places a sealed order into the batch of the block that takes it. PROTOCOL.md section 11. */
export function placeOrderCall(deployment: BookDeployment, { id, keyId, x, y, sealed }: OrderInput): ContractCall {
  return bookCall(deployment, 'placeOrder', [id, keyId, x, y, sealed])
}

/** Takes out all of the sender's orders of earlier batches, from the batch of the block that takes the call on. */
export function cancelAllCall(deployment: BookDeployment, id: Hex): ContractCall {
  return bookCall(deployment, 'cancelAll', [id])
}

/** Takes the order of `leaf` out, from the batch of the block that takes the call on. */
export function cancelOrderCall(deployment: BookDeployment, id: Hex, leaf: Hex): ContractCall {
  return bookCall(deployment, 'cancelOrder', [id, leaf])
}
