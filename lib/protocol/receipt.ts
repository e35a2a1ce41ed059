import { z } from 'zod'
import { isAddress, isHex, size } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { SEALED_BID_LENGTH, UINT32_MAX } from './constants'
import { SubrosaError } from './errors'

const UINT256_MAX = (1n << 256n) - 1n

function bytes(length: number) {
  return z.custom<Hex>((value) => isHex(value) && size(value) === length && value.length === 2 + 2 * length, {
    message: `must be 0x and ${2 * length} hex digits`,
  })
}

const address = z.custom<Address>((value) => typeof value === 'string' && isAddress(value, { strict: false }), {
  message: 'must be an address',
})

const uint256 = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,77})$/, 'must be a decimal number')
  .transform((digits) => BigInt(digits))
  .refine((value) => value <= UINT256_MAX, 'must fit 256 bits')

const uint32 = z.number().int().min(0).max(UINT32_MAX)

/** What every receipt has, whatever was sealed. Big numbers are decimal strings in the file. */
const sealedFields = {
  version: z.literal(1),
  chainId: uint256,
  contract: address,
  /** The auction, or the market. */
  id: bytes(32),
  price: uint32.min(1),
  quantity: uint32.min(1),
  secret: bytes(32),
  salt: bytes(16),
  sealed: bytes(SEALED_BID_LENGTH),
  x: uint256,
  y: uint256,
}

/**
 * A bidder's receipt, as its JSON file has it: what opens his bid where the wallet cannot. Whoever holds it can read
 * the bid. PROTOCOL.md section 4.
 */
export const bidReceiptSchema = z.object({
  ...sealedFields,
  bidder: address,
  /** Known once the bid is on chain; the receipt is saved before. */
  seq: uint32.optional(),
  /** Base units of the payment token. */
  collateral: uint256,
})

/** A trader's receipt of an order: as a bidder's, with the key it was sealed to. PROTOCOL.md sections 4 and 11. */
export const orderReceiptSchema = z.object({
  ...sealedFields,
  kind: z.literal('order'),
  trader: address,
  keyId: bytes(32),
  flags: z.number().int().min(0).max(0xffff),
  minFill: uint32,
  expiryBatch: uint32,
})

export type BidReceipt = z.output<typeof bidReceiptSchema>
export type OrderReceipt = z.output<typeof orderReceiptSchema>
export type Receipt = BidReceipt | OrderReceipt

/** Whose bid or order a receipt, or what is left of one, is about. */
export function ownerOf(record: { bidder: Address } | { trader: Address }): Address {
  return 'trader' in record ? record.trader : record.bidder
}

/** The receipt as the text of a JSON file. */
export function serializeReceipt(receipt: Receipt): string {
  return (
    JSON.stringify(receipt, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 2) + '\n'
  )
}

/**
 * Reads a receipt file.
 * @throws SubrosaError INVALID_RECEIPT, naming the first field at fault.
 */
export function parseReceipt(text: string): Receipt {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // The parser's message quotes the text, and the text holds a secret.
    throw new SubrosaError('INVALID_RECEIPT', { details: 'not JSON' })
  }
  const isOrder = typeof json === 'object' && json !== null && 'kind' in json
  const result = (isOrder ? orderReceiptSchema : bidReceiptSchema).safeParse(json)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new SubrosaError('INVALID_RECEIPT', { field: issue?.path.join('.') || 'receipt', details: issue?.message })
}
