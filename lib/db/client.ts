import { PrismaClient, type Prisma } from './generated/client'
import { SerialTransactions } from './serialTransactions'

/** A pool of connections to the index's database. */
export type Database = PrismaClient

/** A database or a transaction on one: what reads take. */
export type Queryable = Prisma.TransactionClient

/**
 * Opens a pool. Nothing is connected before the first query.
 *
 * @param databaseUrl PostgreSQL connection string.
 * @param options.maxConnections Of the pool; 10 by default.
 * @param options.longestPauseMs After so long without a statement, the database ends a transaction, so that a frozen
 * process keeps nothing locked. Unlimited by default.
 * @example const db = openDatabase(env.DATABASE_URL)
 */
export function openDatabase(
  databaseUrl: string,
  options: { maxConnections?: number; longestPauseMs?: number } = {},
): Database {
  const adapter = new SerialTransactions({
    connectionString: databaseUrl,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 5_000,
    idle_in_transaction_session_timeout: options.longestPauseMs,
  })
  return new PrismaClient({ adapter })
}

/** Ends every connection of the pool. */
export async function closeDatabase(db: Database): Promise<void> {
  await db.$disconnect()
}
