import { z } from 'zod'
import type { Address, Hex } from 'viem'
import type { Room } from '../../lib/chain/deployment'
import { bidReceiptSchema, orderReceiptSchema, ownerOf, parseReceipt, type Receipt } from '../../lib/protocol/receipt'
import { sameHex } from '../_format/hex'

/**
 * Whose bids or orders, where: a receipt is never shown for another account, chain, contract, auction or market.
 * `id`: the auction, or the market of the book.
 */
export type SealPlace = { room: Room; chainId: number; contract: Address; account: Address; id: Hex }

/** What of `Storage` is used. */
export type ReceiptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Opens the storage. A browser that forbids it throws at the mere mention, so it is opened where that is caught. */
export type OpenStorage = () => ReceiptStorage

export const browserStorage: OpenStorage = () => localStorage

/** Traces kept a place; receipts are never dropped but on demand. */
const MOST_TRACES = 50

const SECRETS = { secret: true, price: true, quantity: true } as const
const bidTraceSchema = z.strictObject(bidReceiptSchema.omit(SECRETS).shape)
const orderTraceSchema = z.strictObject(
  orderReceiptSchema.omit({ ...SECRETS, flags: true, minFill: true, expiryBatch: true }).shape,
)
const traceSchema = z.union([bidTraceSchema, orderTraceSchema])

/** A bid or order as everyone will see it on the chain: enough to recognise it, and nothing to read it with. */
export type Trace = z.output<typeof traceSchema>

/** What this browser keeps of a bid or order: no more than a trace where the wallet itself can open it again. */
export type Kept = Receipt | Trace

/** A receipt without what opens the bid or the order, or tells of it. */
export function traceOf(receipt: Receipt): Trace {
  if ('kind' in receipt) {
    const { secret: _secret, price: _price, quantity: _quantity, ...rest } = receipt
    const { flags: _flags, minFill: _minFill, expiryBatch: _expiryBatch, ...trace } = rest
    return trace
  }
  const { secret: _secret, price: _price, quantity: _quantity, ...trace } = receipt
  return trace
}

/** Whether a bid or order can be opened with what is kept of it. */
export function isReceipt(kept: Kept): kept is Receipt {
  return 'secret' in kept
}

/** @returns what is kept for this place, oldest first; what cannot be read is left out. */
export function readKept(place: SealPlace, open: OpenStorage): Kept[] {
  return readTexts(place, open).flatMap((text) => parseKept(text) ?? [])
}

/**
 * Keeps a bid or an order and reads it back.
 * @returns whether it is there now. False where the browser keeps nothing: the person must have the file then.
 */
export function keepRecord(place: SealPlace, record: Kept, open: OpenStorage): boolean {
  const text = serialize(record)
  try {
    open().setItem(keyOf(place), JSON.stringify(withoutOldTraces([...readTexts(place, open), text])))
  } catch {
    return false
  }
  return parseKept(text) !== null && readTexts(place, open).includes(text)
}

/** Forgets all that is kept for this place. */
export function dropKept(place: SealPlace, open: OpenStorage): void {
  open().removeItem(keyOf(place))
}

/** Whether two records are of the same bid or order: a commitment names one, of one account. */
export function isSameCommitment(a: { x: bigint; y: bigint }, b: { x: bigint; y: bigint }): boolean {
  return a.x === b.x && a.y === b.y
}

/** Whether a receipt, perhaps from a file, belongs to this place. */
export function isReceiptOf(receipt: Receipt, { chainId, contract, account, id }: SealPlace): boolean {
  const here = receipt.chainId === BigInt(chainId) && sameHex(receipt.contract, contract)
  return here && sameHex(ownerOf(receipt), account) && sameHex(receipt.id, id)
}

function parseKept(text: string): Kept | null {
  try {
    const trace = traceSchema.safeParse(JSON.parse(text))
    return trace.success ? trace.data : parseReceipt(text)
  } catch {
    return null
  }
}

/** A trace is there to recognise what was sealed a moment ago: of a trader's many orders the newest are enough. */
function withoutOldTraces(texts: readonly string[]): string[] {
  const traces = texts.filter((text) => !text.includes('"secret"'))
  const old = new Set(traces.slice(0, -MOST_TRACES))
  return texts.filter((text) => !old.has(text))
}

function serialize(record: Kept): string {
  return JSON.stringify(record, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}

function readTexts(place: SealPlace, open: OpenStorage): string[] {
  try {
    const list: unknown = JSON.parse(open().getItem(keyOf(place)) ?? '[]')
    return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}

function keyOf({ chainId, contract, account, id }: SealPlace): string {
  return `subrosa.receipts.${chainId}.${contract}.${account}.${id}`.toLowerCase()
}
