import { keccak256, type Hex } from 'viem'
import type { OrderPlaced } from '../../lib/chain/book/events'
import { bookDomain, type Deployment } from '../../lib/chain/deployment'
import { orderLeaf } from '../../lib/protocol/book/leaf'

/** The leaf of an order as it was placed. PROTOCOL.md section 11. */
export function leafOf(deployment: Deployment, { sealed, ...order }: OrderPlaced): Hex {
  return orderLeaf(bookDomain(deployment), { ...order, sealedHash: keccak256(sealed) })
}
