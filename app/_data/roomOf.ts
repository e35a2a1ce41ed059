import type { Address } from 'viem'
import type { Deployment, Room } from '../../lib/chain/deployment'
import { sameHex } from '../_format/hex'

/** Which room a contract is; null where it is none of this deployment. */
export function roomOf({ contracts }: Pick<Deployment, 'contracts'>, contract: Address): Room | null {
  if (sameHex(contract, contracts.auctions)) return 'auctions'
  return sameHex(contract, contracts.book) ? 'book' : null
}
