import { getAddress, isAddress, type Address, type Hex } from 'viem'
import { z } from 'zod'

/** Fields of the keeper's files: JSON has neither bytes nor big numbers. */
export const bytes = z
  .string()
  .regex(/^0x([0-9a-f]{2})*$/i)
  .transform((value) => value as Hex)
export const hash = bytes.refine((value) => value.length === 66)
export const address = z
  .string()
  .refine((value) => isAddress(value, { strict: false }))
  .transform((value): Address => getAddress(value))
export const decimal = z
  .string()
  .regex(/^\d{1,78}$/)
  .transform((value) => BigInt(value))
export const count = z.number().int().min(0)

/** JSON with big numbers as decimal strings. */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item))
}
