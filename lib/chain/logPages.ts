import type { ChainConnection, LogFilter, RawLog } from './connection'
import { LogsRefused } from './errors'

/** Blocks a first request spans: what public nodes commonly allow. */
const FIRST_SPAN = 10_000n
/** Blocks a request spans at most, so that an answer fits in memory where a node has no limits of its own. */
const LONGEST_SPAN = 16n * FIRST_SPAN
/** Logs in an answer that was far from any node's limit. */
const FEW_LOGS = 500
/** Answers of few logs, one after the other, before the next request spans twice as much. */
const EASY_ANSWERS = 8

export type LogRange = Pick<LogFilter, 'address' | 'topics' | 'fromBlock' | 'toBlock'>

/** The logs of some blocks, up to `toBlock`, in order. */
export type LogPage = { logs: RawLog[]; toBlock: bigint }

/**
 * Reads logs from the first block to the last, a page at a time. Anyone can fill blocks with logs, so no span is one
 * that nodes always answer: a request that is refused is made again for half its blocks, down to a single one, and
 * long empty stretches take fewer requests again.
 *
 * @param span Blocks the first request spans.
 * @throws SubrosaError RPC_UNAVAILABLE where a single block is refused, or the node does not answer at all.
 */
export async function* logPages(
  connection: Pick<ChainConnection, 'readLogs'>,
  { address, topics, fromBlock, toBlock }: LogRange,
  span: bigint = FIRST_SPAN,
): AsyncGenerator<LogPage> {
  let easy = 0
  for (let next = fromBlock; next <= toBlock;) {
    const end = next + span - 1n
    const last = end < toBlock ? end : toBlock
    const answered = await readUnlessRefused(connection, { address, topics, fromBlock: next, toBlock: last })
    if (!answered) {
      easy = 0
      span = (last - next + 1n) / 2n
      continue
    }
    // A node that answers more than was asked must not be able to add to the list.
    const logs = answered.filter((log) => log.address.toLowerCase() === address.toLowerCase())
    yield { logs, toBlock: last }
    next = last + 1n
    easy = logs.length < FEW_LOGS ? easy + 1 : 0
    if (easy === EASY_ANSWERS && span < LONGEST_SPAN) {
      easy = 0
      span *= 2n
    }
  }
}

/** All logs of a range, in order, in as many requests as it takes. For ranges whose logs fit in memory. */
export async function readAllLogs(connection: Pick<ChainConnection, 'readLogs'>, range: LogRange): Promise<RawLog[]> {
  const logs: RawLog[] = []
  for await (const page of logPages(connection, range)) for (const log of page.logs) logs.push(log)
  return logs
}

/** Null where fewer blocks may be answered. */
async function readUnlessRefused(
  connection: Pick<ChainConnection, 'readLogs'>,
  range: LogRange,
): Promise<RawLog[] | null> {
  try {
    return await connection.readLogs(range)
  } catch (error) {
    if (error instanceof LogsRefused && range.fromBlock < range.toBlock) return null
    throw error
  }
}
