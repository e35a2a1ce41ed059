import { encodeAbiParameters, keccak256, parseAbiParameters, type Hex } from 'viem'
import type { OrderPlaced } from '../../lib/chain/book/events'
import { bookDomain, type Deployment } from '../../lib/chain/deployment'
import { TAGS } from '../../lib/protocol/constants'

/** The leaf of an order as it was placed. PROTOCOL.md section 11. */
export function leafOf(deployment: Deployment, event: OrderPlaced): Hex {
  const { chainId, contract } = bookDomain(deployment)
  const { id, batchId, seq, trader, keyId, x, y, sealed } = event
  return keccak256(
    encodeAbiParameters(
      parseAbiParameters('bytes32,uint256,address,bytes32,uint64,uint32,address,bytes32,uint256,uint256,bytes32'),
      [TAGS.order, chainId, contract, id, batchId, seq, trader, keyId, x, y, keccak256(sealed)],
    ),
  )
}
