import { numberToHex, type Hex } from 'viem'
import { storageLayouts } from '../../abi/storageLayouts'
import { fieldsOf, slotsOf } from './slots'

/** What the enclave acts on of an auction's storage. Times in Unix seconds; `status` one of `STATUS`. */
export type ProvenAuction = {
  id: Hex
  status: number
  acc: Hex
  count: number
  paramsHash: Hex
  keyId: Hex
  round: number
  closesAt: bigint
  settleBy: bigint
}

/** What it acts on of a sealing key's entry in the registry. A key that is not there is not `known`. */
export type ProvenKey = { epoch: bigint; known: boolean; revoked: boolean }

const AUCTIONS = storageLayouts.SealedAuctions._auctions
const AUCTION_FIELDS = ['acc', 'paramsHash', 'count', 'closesAt', 'round', 'status', 'settleBy', 'keyId'] as const
const KEYS = storageLayouts.EnclaveRegistry._keys
const KEY_FIELDS = ['epoch', 'admittedAt', 'revokedAt'] as const

/** The auction contract's slots that hold an auction, the same number for any id. */
export function auctionSlots(id: Hex): Hex[] {
  return slotsOf<keyof typeof AUCTIONS.fields>(AUCTIONS, id, AUCTION_FIELDS)
}

/** @param values Of `auctionSlots(id)`. */
export function decodeAuction(id: Hex, values: readonly Hex[]): ProvenAuction {
  const fields = fieldsOf<(typeof AUCTION_FIELDS)[number]>(AUCTIONS, AUCTION_FIELDS, values)
  const word = (value: bigint) => numberToHex(value, { size: 32 })
  return {
    id,
    status: Number(fields.status),
    acc: word(fields.acc),
    count: Number(fields.count),
    paramsHash: word(fields.paramsHash),
    keyId: word(fields.keyId),
    round: Number(fields.round),
    closesAt: fields.closesAt,
    settleBy: fields.settleBy,
  }
}

/** The registry's slots that hold a sealing key's entry. */
export function keySlots(keyId: Hex): Hex[] {
  return slotsOf<keyof typeof KEYS.fields>(KEYS, keyId, KEY_FIELDS)
}

/** @param values Of `keySlots(keyId)`. An entry that exists was admitted some time. */
export function decodeKey(values: readonly Hex[]): ProvenKey {
  const { epoch, admittedAt, revokedAt } = fieldsOf<(typeof KEY_FIELDS)[number]>(KEYS, KEY_FIELDS, values)
  return { epoch, known: admittedAt !== 0n, revoked: revokedAt !== 0n }
}
