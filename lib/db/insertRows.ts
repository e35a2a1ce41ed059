import type { Queryable } from './client'
import { Prisma } from './generated/client'

/** What a block's events become. Addresses and hashes in lower case. */
export type EventRows = {
  auctions: Prisma.AuctionCreateManyInput[]
  leaves: Prisma.LeafCreateManyInput[]
  bids: Prisma.BidCreateManyInput[]
  settlements: Prisma.SettlementCreateManyInput[]
  winners: Prisma.WinnerCreateManyInput[]
  openings: Prisma.OpeningCreateManyInput[]
  claims: Prisma.ClaimCreateManyInput[]
  markets: Prisma.MarketCreateManyInput[]
  batches: Prisma.BatchCreateManyInput[]
  bookLeaves: Prisma.BookLeafCreateManyInput[]
  batchSettlements: Prisma.BatchSettlementCreateManyInput[]
  fills: Prisma.FillCreateManyInput[]
  batchEnds: Prisma.BatchEndCreateManyInput[]
  strikes: Prisma.StrikeCreateManyInput[]
  marginChanges: Prisma.MarginChangeCreateManyInput[]
  events: Prisma.EventCreateManyInput[]
  enclaveKeys: Prisma.EnclaveKeyCreateManyInput[]
  enclaveSigners: Prisma.EnclaveSignerCreateManyInput[]
  enclaveRetirements: Prisma.EnclaveRetirementCreateManyInput[]
  enclaveRevocations: Prisma.EnclaveRevocationCreateManyInput[]
}

/** Each field's table, in an order that foreign keys allow. */
const TABLES = {
  auctions: 'auctions',
  leaves: 'leaves',
  bids: 'bids',
  settlements: 'settlements',
  winners: 'winners',
  openings: 'openings',
  claims: 'claims',
  markets: 'markets',
  batches: 'batches',
  bookLeaves: 'book_leaves',
  batchSettlements: 'batch_settlements',
  fills: 'fills',
  batchEnds: 'batch_ends',
  strikes: 'strikes',
  marginChanges: 'margin_changes',
  events: 'events',
  enclaveKeys: 'enclave_keys',
  enclaveSigners: 'enclave_signers',
  enclaveRetirements: 'enclave_retirements',
  enclaveRevocations: 'enclave_revocations',
} as const satisfies Record<keyof EventRows, string>

/** Rows of a block without any event. */
export function noRows(): EventRows {
  return {
    ...{ auctions: [], leaves: [], bids: [], settlements: [], winners: [], openings: [], claims: [], events: [] },
    ...{ markets: [], batches: [], bookLeaves: [], batchSettlements: [], fills: [], batchEnds: [], strikes: [] },
    ...{ marginChanges: [], enclaveKeys: [], enclaveSigners: [], enclaveRetirements: [], enclaveRevocations: [] },
  }
}

/**
 * Inserts all rows in one statement, whatever their number and tables: a statement a table takes several times as long.
 * PostgreSQL checks foreign keys when the whole statement is done.
 */
export async function insertRows(tx: Queryable, rows: EventRows): Promise<void> {
  const inserts = (Object.keys(TABLES) as (keyof EventRows)[]).flatMap((field) => {
    const ofTable = rows[field] as Record<string, unknown>[]
    return ofTable.length > 0 ? insertInto(TABLES[field], ofTable) : []
  })
  if (inserts.length === 0) return
  const steps = inserts.map((insert, index) => Prisma.sql`${Prisma.raw(`step_${index}`)} AS (${insert})`)
  await tx.$executeRaw`WITH ${Prisma.join(steps)} SELECT 1`
}

/** Names of tables and columns are those of the schema, never from outside. */
function insertInto(table: string, rows: Record<string, unknown>[]): Prisma.Sql {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = Prisma.raw(fields.map((field) => `"${toColumn(field)}"`).join(', '))
  const values = rows.map((row) => Object.fromEntries(fields.map((field) => [toColumn(field), toJson(row[field])])))
  return Prisma.sql`INSERT INTO ${Prisma.raw(table)} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${Prisma.raw(table)}, ${JSON.stringify(values)}::jsonb)`
}

/** The schema maps every field to its name in snake case. */
function toColumn(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  return value ?? null
}
