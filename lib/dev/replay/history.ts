import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { UINT32_MAX } from '../../protocol/constants'

// Digits alone: `Number` would take an empty cell for 0, and read 0x2BC and 1e3.
const cents = z
  .string()
  .regex(/^\d{1,10}$/, 'must be whole cents, in the digits 0 to 9')
  .transform(Number)
  .pipe(z.number().min(1).max(UINT32_MAX))
const days = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,15})?$/, 'must be days as a decimal number, like 0.355856')
  .transform(Number)

const rowSchema = z.object({
  auction: z.string().min(1),
  item: z.string(),
  open_bid_cents: cents,
  bidder: z.string().min(1),
  bid_cents: cents,
  time_days: days,
})

/** One real auction, its bids in order of time. A tick is a cent. */
export type BidHistory = {
  auction: string
  item: string
  /** The seller's opening bid: our public reserve. */
  reserve: number
  bids: { bidder: string; price: number }[]
}

/**
 * Reads one auction out of a bid history.
 *
 * @param csv Columns auction, item, open_bid_cents, bidder, bid_cents, time_days.
 * @throws Error if the file has other columns, a value that is none, or no such auction.
 */
export function readHistory(csv: string, auction: string): BidHistory {
  const records: unknown[] = parse(csv, { columns: true, skip_empty_lines: true, trim: true })
  const rows = records
    .map((record, index) => {
      const parsed = rowSchema.safeParse(record)
      if (parsed.success) return parsed.data
      throw new Error(`Row ${index + 2}: ${z.prettifyError(parsed.error)}`)
    })
    .filter((row) => row.auction === auction)
    // Stable, so that bids of the same moment stay in the file's order.
    .sort((a, b) => a.time_days - b.time_days)
  const [first] = rows
  if (!first) throw new Error(`The data holds no auction ${auction}.`)
  return {
    auction,
    item: first.item,
    reserve: first.open_bid_cents,
    bids: rows.map(({ bidder, bid_cents }) => ({ bidder, price: bid_cents })),
  }
}

/** Leaves out a bid that is not above its bidder's previous one: it would change nothing, so nobody sends it. */
export function bidsToSend(bids: BidHistory['bids']): BidHistory['bids'] {
  const best = new Map<string, number>()
  return bids.filter(({ bidder, price }) => {
    if (price <= (best.get(bidder) ?? 0)) return false
    best.set(bidder, price)
    return true
  })
}
