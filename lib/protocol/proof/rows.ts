/**
 * What a proof of a bundle shows about one bid: the rows of section 8's table, for auctions of one lot. The numbers
 * are part of the bundle's format. PROTOCOL.md section 8.
 */
export const ROW = {
  /** FIRST_PRICE's winner: his blob holds the opening that the chain shows. */
  wonOpened: 1,
  /** SECOND_PRICE's winner: his price is at least the clearing price, and he outranks the runner-up. */
  wonPrice: 2,
  /** SECOND_PRICE's winner: his collateral covers his price. */
  wonCovered: 3,
  /** SECOND_PRICE's runner-up: his blob holds the opening that the chain shows. */
  runnerUp: 4,
  /** Ranks below the winner and, in SECOND_PRICE, below the runner-up. */
  lost: 5,
  belowReserve: 6,
  uncovered: 7,
  /** What the blob holds is not a valid bid. */
  invalid: 8,
} as const

export type RowName = keyof typeof ROW
export type Row = (typeof ROW)[RowName]

/** Widths of range proofs, in bits: prices have 32, price and quantity together 64. */
export type RangeBits = 32 | 64

const BLOB = 'blob'

const PROOF_OF: Record<Row, RangeBits | typeof BLOB> = {
  [ROW.wonOpened]: BLOB,
  [ROW.wonPrice]: 32,
  [ROW.wonCovered]: 32,
  [ROW.runnerUp]: BLOB,
  [ROW.lost]: 32,
  [ROW.belowReserve]: 64,
  [ROW.uncovered]: 32,
  [ROW.invalid]: BLOB,
}

/** ECDH point, then challenge and response of the equality proof. */
export const BLOB_PROOF_LENGTH = 65 + 32 + 32

/** Header, signs, digit commitments, e0 and responses: see `isRangeProofOf`. */
export const RANGE_PROOF_LENGTH: Record<RangeBits, number> = { 32: 2_564, 64: 5_126 }

/** The row with this number; null if there is none. */
export function rowAt(number: number): Row | null {
  return number in PROOF_OF ? (number as Row) : null
}

/** How wide a row's range proof is; null where the row is a blob proof. */
export function rangeBitsOf(row: Row): RangeBits | null {
  const proof = PROOF_OF[row]
  return proof === BLOB ? null : proof
}

/** How many bytes a row's proof has: the row alone decides. */
export function proofLengthOf(row: Row): number {
  const bits = rangeBitsOf(row)
  return bits === null ? BLOB_PROOF_LENGTH : RANGE_PROOF_LENGTH[bits]
}
