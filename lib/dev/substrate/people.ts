import { Keyring } from '@polkadot/keyring'
import type { KeyringPair } from '@polkadot/keyring/types'
import { hexToU8a } from '@polkadot/util'
import { LOCAL_ANCHOR_SEED } from '../accounts'
import type { Funded } from './genesis'

/** Substrate's well-known test people: everybody has their keys. */
const PEOPLE = ['//Alice', '//Bob', '//Charlie', '//Dave', '//Eve', '//Ferdie']
const FUNDS = 1_000_000n * 10n ** 12n

export type KeyKind = 'sr25519' | 'ed25519' | 'ecdsa'

/** One of the local chain's test people, by the name `//Alice` and the like. */
export function localPerson(name: string, kind: KeyKind = 'sr25519'): KeyringPair {
  return new Keyring({ type: kind, ss58Format: 42 }).addFromUri(name)
}

/** Everyone who has money on the local chain from its beginning: each person's accounts, and the keeper's. */
export function fundedPeople(): Funded[] {
  const kinds: KeyKind[] = ['sr25519', 'ed25519', 'ecdsa']
  const pairs = kinds.flatMap((kind) => PEOPLE.map((name) => localPerson(name, kind)))
  const keeper = new Keyring({ type: 'sr25519' }).addFromSeed(hexToU8a(LOCAL_ANCHOR_SEED))
  return [...pairs, keeper].map(({ addressRaw }) => ({ publicKey: addressRaw, free: FUNDS }))
}
