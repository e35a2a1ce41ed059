import { bytesToHex, hexToBytes } from 'viem/utils'
import type { Hex } from 'viem'
import type { SealContext } from '../../protocol/sealing/context'
import { judgeOpened } from '../../protocol/sealing/judge'
import { RECORD_LENGTH, unpackSealed } from '../bids/packedBids'
import { openerOf, type OpeningKey } from '../open'

/** Some bids to open: `records` as `PackedBids` has them, one after the other. */
export type OpeningJob = { key: OpeningKey; context: SealContext; oneLot: boolean; records: Uint8Array }

/** What a bid says, where it is valid. */
export type PackedOpening = { price: number; quantity: number; rho: Hex }

/** Bytes of an opening: whether the bid is valid, price, quantity, rho. */
export const OPENING_LENGTH = 1 + 4 + 4 + 32

/** Opens and judges bids by section 6, packed as `OPENING_LENGTH` bytes each, in the same order. */
export function openRecords({ key, context, oneLot, records }: OpeningJob): Uint8Array {
  const open = openerOf(key, context)
  const count = records.length / RECORD_LENGTH
  const openings = Buffer.alloc(count * OPENING_LENGTH)
  for (let index = 0; index < count; ++index) {
    const { bidder, ...rest } = unpackSealed(records.subarray(index * RECORD_LENGTH, (index + 1) * RECORD_LENGTH))
    const leaf = { context, trader: bidder, ...rest }
    const judgement = judgeOpened(open(leaf), { ...leaf, oneLot })
    if (!judgement.valid) continue
    const start = index * OPENING_LENGTH
    openings[start] = 1
    openings.writeUInt32BE(judgement.price, start + 1)
    openings.writeUInt32BE(judgement.quantity, start + 5)
    openings.set(hexToBytes(judgement.rho), start + 9)
  }
  return openings
}

/** @returns null for a bid that is not valid. */
export function unpackOpening(opening: Buffer): PackedOpening | null {
  if (opening[0] !== 1) return null
  const rho = bytesToHex(opening.subarray(9, OPENING_LENGTH))
  return { price: opening.readUInt32BE(1), quantity: opening.readUInt32BE(5), rho }
}
