import { z } from 'zod'
import type { Address, Hex } from 'viem'
import { parseReceipt, receiptSchema, type Receipt } from '../../lib/protocol/receipt'
import { sameHex } from '../_format/hex'

/** Whose bids, where: a receipt is never shown for another account, chain, contract or auction. */
export type BidPlace = { chainId: number; contract: Address; account: Address; id: Hex }

/** What of `Storage` is used. */
export type ReceiptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Opens the storage. A browser that forbids it throws at the mere mention, so it is opened where that is caught. */
export type OpenStorage = () => ReceiptStorage

export const browserStorage: OpenStorage = () => localStorage

const traceSchema = z.strictObject(receiptSchema.omit({ secret: true, price: true, quantity: true }).shape)

/** A bid as everyone will see it on the chain: enough to recognise it, and nothing to read it with. */
export type BidTrace = z.output<typeof traceSchema>

/** What this browser keeps of a bid: no more than a trace where the wallet itself can open it again. */
export type KeptBid = Receipt | BidTrace

/** A receipt without what opens the bid. */
export function traceOf({ secret: _secret, price: _price, quantity: _quantity, ...trace }: Receipt): BidTrace {
  return trace
}

/** Whether a kept bid can be opened with what is kept. */
export function isReceipt(kept: KeptBid): kept is Receipt {
  return 'secret' in kept
}

/** @returns what is kept for this place, oldest first; what cannot be read is left out. */
export function readKeptBids(place: BidPlace, open: OpenStorage): KeptBid[] {
  return readTexts(place, open).flatMap((text) => parseKept(text) ?? [])
}

/**
 * Keeps a bid and reads it back.
 * @returns whether it is there now. False where the browser keeps nothing: the person must have the file then.
 */
export function keepBid(place: BidPlace, bid: KeptBid, open: OpenStorage): boolean {
  const text = serialize(bid)
  try {
    open().setItem(keyOf(place), JSON.stringify([...readTexts(place, open), text]))
  } catch {
    return false
  }
  const kept = readKeptBids(place, open).find((candidate) => isSameBid(candidate, bid))
  return kept !== undefined && serialize(kept) === text
}

/** Forgets all that is kept for this place. */
export function dropKeptBids(place: BidPlace, open: OpenStorage): void {
  open().removeItem(keyOf(place))
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

function parseKept(text: string): KeptBid | null {
  try {
    const trace = traceSchema.safeParse(JSON.parse(text))
    return trace.success ? trace.data : parseReceipt(text)
  } catch {
    return null
  }
}

function serialize(bid: KeptBid): string {
  return JSON.stringify(bid, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}

function readTexts(place: BidPlace, open: OpenStorage): string[] {
  try {
    const list: unknown = JSON.parse(open().getItem(keyOf(place)) ?? '[]')
    return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}

function keyOf({ chainId, contract, account, id }: BidPlace): string {
  return `subrosa.receipts.${chainId}.${contract}.${account}.${id}`.toLowerCase()
}
