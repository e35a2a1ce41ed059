import { getAddress, isAddress } from 'viem/utils'
import type { Address } from 'viem'
import { SubrosaError } from '../errors'
import { mappedAddress } from './mappedAddress'
import { decodeSs58 } from './ss58'

/**
 * The addresses that an allow list of people names: Ethereum addresses as they are, Polkadot ones (SS58, of whatever
 * chain) by the address that contracts on Polkadot Hub know them by. Sorted, each once, so that one list of people has
 * one Merkle root however it was written. PROTOCOL.md section 5.
 *
 * A Polkadot account bids under that address on Polkadot Hub alone: on any other chain its owner needs an Ethereum
 * account, which a link (`link.ts`) shows to be his.
 *
 * @throws SubrosaError INVALID_ADDRESS, naming the first entry at fault by its place, counted from 1.
 */
export function allowListEntries(people: readonly string[]): Address[] {
  const entries = people.map((person, index) => {
    const address = addressOf(person.trim())
    if (address) return address
    throw new SubrosaError('INVALID_ADDRESS', {
      field: `entry ${index + 1}`,
      details: `${person.slice(0, 80)} is neither an Ethereum nor a Polkadot address`,
    })
  })
  return [...new Set(entries)].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
}

function addressOf(person: string): Address | null {
  // A checksum that is there must be right: it is what tells a mistyped address.
  if (/^0x/i.test(person)) return isAddress(person) ? getAddress(person) : null
  const decoded = decodeSs58(person)
  return decoded && mappedAddress(decoded.accountId)
}
