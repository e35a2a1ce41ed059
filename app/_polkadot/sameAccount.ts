import { bytesToHex, type Hex } from 'viem'
import { decodeSs58 } from '../../lib/protocol/polkadot/ss58'

/** The account behind an address, so that two ways to write one are one; null where it is no address. */
export function bytesOfAccount(address: string): Hex | null {
  const decoded = decodeSs58(address)
  return decoded && bytesToHex(decoded.accountId)
}
