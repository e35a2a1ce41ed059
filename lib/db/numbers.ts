import type { Prisma } from './generated/client'

/** DECIMAL(78,0) to bigint, every digit kept. */
export function toBigint(value: Prisma.Decimal): bigint {
  return BigInt(value.toFixed(0))
}

/** bigint to what a DECIMAL(78,0) column takes. */
export function toDecimal(value: bigint): string {
  return value.toString()
}
