import { decodeAbiParameters, encodeAbiParameters } from 'viem/utils'
import type { Address, Hex } from 'viem'
import type { AuctionsDomain } from './auction/params'
import type { AuctionSettlement } from './auction/settlement'
import { TAGS } from './constants'

/**
 * What is written to a second chain about a settlement: enough to tell it from every other one, in the clear, so that
 * it is found, and two of one auction that differ are seen, without asking anyone.
 */
export type SettlementAnchor = { chainId: bigint; contract: Address } & Pick<
  AuctionSettlement,
  'id' | 'acc' | 'winnersHash' | 'proofHash'
>

const FIELDS = [
  { name: 'tag', type: 'bytes32' },
  { name: 'chainId', type: 'uint256' },
  { name: 'contract', type: 'address' },
  { name: 'id', type: 'bytes32' },
  { name: 'acc', type: 'bytes32' },
  { name: 'winnersHash', type: 'bytes32' },
  { name: 'proofHash', type: 'bytes32' },
] as const

/** Bytes of an anchor: seven words. */
export const ANCHOR_LENGTH = 224

/** The anchor of a settlement. PROTOCOL.md section 7. */
export function anchorOf(
  { chainId, contract }: AuctionsDomain,
  { id, acc, winnersHash, proofHash }: Pick<AuctionSettlement, 'id' | 'acc' | 'winnersHash' | 'proofHash'>,
): SettlementAnchor {
  return { chainId, contract, id, acc, winnersHash, proofHash }
}

/**
 * The exact bytes that are anchored, as the data of `system.remarkWithEvent`: the ABI encoding of
 * (ANCHOR, chainId, contract, id, acc, winnersHash, proofHash). ANCHOR, which is keccak256 of `subrosa/v1/anchor`, is
 * domain and version in one.
 */
export function encodeAnchor({ chainId, contract, id, acc, winnersHash, proofHash }: SettlementAnchor): Hex {
  return encodeAbiParameters(FIELDS, [TAGS.anchor, chainId, contract, id, acc, winnersHash, proofHash])
}

/** Reads an anchor back. @returns null where the bytes are no anchor of this version, exactly as `encodeAnchor` has it. */
export function decodeAnchor(bytes: Hex): SettlementAnchor | null {
  if (bytes.length !== 2 + 2 * ANCHOR_LENGTH || !bytes.toLowerCase().startsWith(TAGS.anchor)) return null
  try {
    const [, chainId, contract, id, acc, winnersHash, proofHash] = decodeAbiParameters(FIELDS, bytes)
    const anchor = { chainId, contract, id, acc, winnersHash, proofHash }
    return encodeAnchor(anchor) === bytes.toLowerCase() ? anchor : null
  } catch {
    return null
  }
}
