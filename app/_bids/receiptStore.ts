import type { Address, Hex } from 'viem'
import { parseReceipt, serializeReceipt, type Receipt } from '../../lib/protocol/receipt'
import { sameHex } from '../_format/hex'

/** Whose bids, where: a receipt is never shown for another account, chain, contract or auction. */
export type BidPlace = { chainId: number; contract: Address; account: Address; id: Hex }

/** What of `Storage` is used, so that a test can hand in another. */
export type ReceiptStorage = Pick<Storage, 'getItem' | 'setItem'>

/** @returns the receipts kept for this place, oldest first; what cannot be read is left out. */
export function readReceipts(place: BidPlace, storage: ReceiptStorage): Receipt[] {
  return readTexts(place, storage).flatMap((text) => {
    try {
      return [parseReceipt(text)]
    } catch {
      return []
    }
  })
}

/**
 * Keeps a receipt and reads it back.
 * @returns whether it is there now. False where the browser keeps nothing: the person must have the file then.
 */
export function saveReceipt(place: BidPlace, receipt: Receipt, storage: ReceiptStorage): boolean {
  const text = serializeReceipt(receipt)
  try {
    storage.setItem(keyOf(place), JSON.stringify([...readTexts(place, storage), text]))
  } catch {
    return false
  }
  const kept = readReceipts(place, storage).find((candidate) => isSameBid(candidate, receipt))
  return kept !== undefined && serializeReceipt(kept) === text
}

/** Whether two records are of the same bid: a commitment names one bid of one bidder. */
export function isSameBid(a: { x: bigint; y: bigint }, b: { x: bigint; y: bigint }): boolean {
  return a.x === b.x && a.y === b.y
}

/** Whether a receipt, perhaps from a file, belongs to this place. */
export function isReceiptOf(receipt: Receipt, { chainId, contract, account, id }: BidPlace): boolean {
  const here = receipt.chainId === BigInt(chainId) && sameHex(receipt.contract, contract)
  return here && sameHex(receipt.bidder, account) && sameHex(receipt.id, id)
}

function readTexts(place: BidPlace, storage: ReceiptStorage): string[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(keyOf(place)) ?? '[]')
    return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}

function keyOf({ chainId, contract, account, id }: BidPlace): string {
  return `subrosa.receipts.${chainId}.${contract}.${account}.${id}`.toLowerCase()
}
