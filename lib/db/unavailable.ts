import { Prisma } from './generated/client'

/** Prisma's codes for a server that cannot be reached, does not answer in time, or has no connection left. */
const CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'])

/** What the driver under it says, where it gets through unnamed. */
const DRIVER_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', '57P01', '57P03', '53300'])

/** What the driver says of a connection that broke under a query: without a code. */
const BROKEN = /^Connection terminated|connection error and is not queryable|^timeout exceeded when trying to connect/

/** Whether an error says that the database cannot be reached now, rather than that a query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Prisma.PrismaClientInitializationError) return true
    if (BROKEN.test(cause.message)) return true
    const code = 'code' in cause ? cause.code : undefined
    if (typeof code === 'string' && (CODES.has(code) || DRIVER_CODES.has(code))) return true
  }
  return false
}
