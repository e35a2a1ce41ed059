import type { Address } from 'viem'
import { mappedAddress } from '../../lib/protocol/polkadot/mappedAddress'
import { sameHex } from '../_format/hex'
import type { PolkadotState } from './polkadotStore'

let actor: PolkadotState = null

/** The Polkadot account that is connected, and so signs for its mapped address; null where another wallet is. */
export function setActor(next: PolkadotState): void {
  actor = next
}

/** Who signs for an address, where that is a connected Polkadot account. */
export function actorOf(address: Address): PolkadotState {
  return actor && sameHex(mappedAddress(actor.account.accountId), address) ? actor : null
}
