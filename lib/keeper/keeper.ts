import { setTimeout as sleep } from 'node:timers/promises'
import type { Hex } from 'viem'
import type { ChainConnection } from '../chain/connection'
import { ContractRevert } from '../chain/errors'
import { readSealingKey } from '../chain/sealingKeys'
import type { Readiness } from '../observe/health'
import type { Logger } from '../observe/logger'
import { SubrosaError } from '../protocol/errors'
import { Backoff } from './backoff'
import { dueTasks, taskKey, type Task } from './dueTasks'
import { followChain, startFollowing } from './followChain'
import { LotFailures } from './lotFailures'
import { movesLots, performTask, type TaskContext } from './performTask'

export type KeeperOptions = TaskContext & {
  connection: ChainConnection
  log: Logger
  /** Pause between two rounds. */
  pollMs?: number
}

export type Keeper = {
  /** For `/ready`: whether a round succeeded lately. */
  readiness: () => Readiness
  /** Ends after the transactions under way. */
  stop: () => Promise<void>
}

/** Transactions under way at once: the sender gives them their nonces one after the other. */
const AT_ONCE = 16
const MAX_SILENCE_MS = 90_000

/**
 * Settles, pays out and voids what is due, until it is stopped. It keeps nothing but a copy of the chain, so several
 * may run side by side, and any of them may be killed at any time.
 */
export function startKeeper({ connection, log, pollMs = 1_000, ...context }: KeeperOptions): Keeper {
  const { deployment } = context
  const stopping = new AbortController()
  const followed = startFollowing(deployment)
  const backoff = new Backoff()
  /** Tasks done in blocks that are not final yet: the book does not know of them. */
  const performed = new Map<string, bigint>()
  const lots = new LotFailures()
  let lastRound = 0
  let due = 0

  async function round(): Promise<void> {
    const { latest, finalized } = await followChain(connection, deployment, followed)
    for (const [key, block] of performed) if (block <= finalized.number || block > latest.number) performed.delete(key)
    const revokedKeys = await findRevokedKeys()
    const now = { latest: latest.timestamp, finalized: finalized.timestamp }
    const all = [...followed.book.auctions]
      .flatMap((auction) => dueTasks(auction, now, revokedKeys.has(auction.params.keyId)))
      .filter((task) => !(movesLots(task) && lots.areGivenUp(task.id)))
    due = all.length
    backoff.retain(new Set(all.map(taskKey)))
    const ready = all.filter(
      (task) => !performed.has(taskKey(task)) && backoff.isReady(taskKey(task), performance.now()),
    )
    await eachAtOnce(ready, perform)
    lastRound = performance.now()
  }

  /** As the newest block has it, and asked anew each time: a revocation that is not final may be taken back. */
  async function findRevokedKeys(): Promise<Set<Hex>> {
    const open = [...followed.book.auctions].filter(({ status }) => status === 'open')
    const revoked = new Set<Hex>()
    for (const keyId of new Set(open.map(({ params }) => params.keyId))) {
      if ((await readSealingKey(connection, deployment, keyId))?.revoked) revoked.add(keyId)
    }
    return revoked
  }

  async function perform(task: Task): Promise<void> {
    if (stopping.signal.aborted) return
    const key = taskKey(task)
    const fields = { id: task.id, task: task.kind, ...(task.kind === 'claim' && { seq: task.bid.seq }) }
    try {
      const result = await performTask(task, context)
      // The block the task was seen done in, or a later one.
      performed.set(key, (await connection.readBlock('latest')).number)
      backoff.succeed(key)
      log.info({ ...fields, result }, 'task performed')
    } catch (error) {
      const { failures, pauseMs } = backoff.fail(key, performance.now())
      const code = error instanceof SubrosaError ? error.code : 'INTERNAL'
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ ...fields, code, reason, failures, pauseMs }, 'task failed; it will be tried again')
      if (movesLots(task) && error instanceof ContractRevert && error.mined && lots.fail(task.id)) {
        log.warn({ id: task.id }, 'lots keep reverting in blocks; no longer sent, their owners can take them')
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await round()
      } catch (error) {
        log.error({ reason: error instanceof Error ? error.message : String(error) }, 'round failed')
      }
      await sleep(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const running = run()
  return {
    readiness: () => ({
      ready: lastRound > 0 && performance.now() - lastRound < MAX_SILENCE_MS,
      block: followed.next - 1n,
      auctions: followed.book.size,
      due,
      failing: backoff.size,
    }),
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** Runs `work` on all items, a few at once. */
async function eachAtOnce<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values()
  const worker = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
}
