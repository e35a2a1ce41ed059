import { setTimeout as sleep } from 'node:timers/promises'
import type { BlockRef, ChainConnection } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import type { TransactionNode } from '../chain/transactionNode'
import type { Readiness } from '../observe/health'
import type { Logger } from '../observe/logger'
import { SubrosaError } from '../protocol/errors'
import { loadBook, saveBook } from './bookFile'
import { taskKey, type Task } from './dueTasks'
import type { ClientIdentity } from './enclaveHttp'
import { findDueTasks } from './findDueTasks'
import { followChain, readOrigin, resumeFollowing, startFollowing, type Followed } from './followChain'
import { JournalHeld } from './journal/lock'
import { KeeperState } from './journal/keeperState'
import { createKeeperMetrics, type KeeperMetrics } from './metrics'
import { dryRun, performTask } from './performTask'
import { ReceivedOutcomes } from './receive/receivedOutcomes'
import { startReceiver } from './receive/receiver'
import { reportOutcome } from './reportOutcome'
import { staggerOf } from './stagger'
import { TaskMemory } from './taskMemory'
import { Transactions, type FeePolicy } from './transactions/transactions'

export type KeeperOptions = {
  connection: ChainConnection
  deployment: Deployment
  node: TransactionNode
  /** Asked in this order. */
  enclaveUrls: readonly string[]
  /** Who it is to enclaves' doors for keepers. */
  identity?: ClientIdentity | undefined
  /** Where enclaves hand over outcomes; null: nowhere. */
  receiveAt?: { host: string; port: number } | null
  /** The journal; what it follows of auctions and markets is kept beside it. */
  stateFile: string
  /** Gas of a transaction, at most. */
  maxGas: bigint
  /** The same of one that settles a batch or makes it final. */
  maxBatchGas: bigint
  fees: FeePolicy
  /** Wei below which it says that it runs dry. */
  minBalance: bigint
  /** Blocks that a task is left to other keepers, at most. */
  staggerBlocks: number
  log: Logger
  /** Pause between two rounds. */
  pollMs?: number
  /** The clock by which tasks that failed rest, Unix milliseconds. */
  clock?: () => number
}

export type Keeper = {
  metrics: KeeperMetrics
  /** For `/ready`: whether a round succeeded lately. */
  readiness: () => Readiness
  /** Where outcomes are handed over. */
  receiverUrl: string | null
  /** Ends when what happened is written down; it does not wait for the chain. */
  stop: () => Promise<void>
  /** Rejects where it cannot go on: somebody else has taken its files. */
  ended: Promise<void>
}

/** Tasks prepared at once, and transactions in no block: nodes keep so many of one account. */
const AT_ONCE = 16
const MAX_SILENCE_MS = 90_000
const LONGEST_POLL_MS = 15_000
/** Final blocks between two checkpoints of the book. */
const CHECKPOINT_BLOCKS = 50n

/**
 * Settles, pays out and voids what is due, until it is stopped. What it is about to do is written down first, so it may
 * be killed at any time; several may run side by side, each with its own account and files.
 *
 * @throws JournalHeld where another process works with the state file.
 */
export async function startKeeper(options: KeeperOptions): Promise<Keeper> {
  const {
    connection,
    deployment,
    node,
    stateFile,
    log,
    staggerBlocks,
    minBalance,
    pollMs = 1_000,
    clock = Date.now,
  } = options
  const stopping = new AbortController()
  const metrics = createKeeperMetrics()
  const state = await KeeperState.open(stateFile, log)
  const transactions = new Transactions({ node, state, policy: options.fees, metrics, log })
  const memory = new TaskMemory(state, clock)
  const received = new ReceivedOutcomes({ deployment, estimate: (call) => dryRun(node, call) })
  const receiver = options.receiveAt ? await startReceiver({ ...options.receiveAt, outcomes: received, log }) : null
  const context = { ...options, transactions, received, stopping: stopping.signal }
  const busy = new Set<string>()
  const bookFile = `${stateFile}.book`
  let followed: Followed | undefined
  let checkpoint = 0n
  let lastRound = 0
  let problem = 'starting'
  let due: Task[] = []
  let balance = minBalance
  let lag = 0n
  let stopped: Promise<void> | undefined

  /** Once, when the node first answers: what was under way belongs to this chain, or to none. */
  async function begin(): Promise<Followed> {
    const origin = await readOrigin(connection, deployment)
    const { chainId, contracts } = deployment
    await state.identify({ chainId, contract: contracts.auctions, account: node.address, origin })
    const saved = await loadBook(bookFile)
    const resumed = saved && (await resumeFollowing(connection, deployment, origin, saved))
    checkpoint = resumed ? resumed.next : 0n
    const { length } = transactions.waiting
    log.info({ from: resumed?.next ?? deployment.startBlock, waiting: length }, 'following the chain')
    return resumed ?? startFollowing(deployment, origin)
  }

  async function round(): Promise<void> {
    followed ??= await begin()
    const heads = await followChain(connection, deployment, followed)
    const { latest, finalized } = heads
    lag = latest.number - (followed.next - 1n)
    for (const outcome of await transactions.advance(heads)) {
      await reportOutcome(outcome, { connection, from: node.address, memory, log })
    }
    await watchBalance()
    const now = { latest: latest.timestamp, finalized: finalized.timestamp }
    due = (await findDueTasks(connection, deployment, followed, now)).filter((task) => !memory.isGivenUp(task))
    await memory.retain(due)
    for (const task of due) {
      if (busy.size >= AT_ONCE || busy.size + transactions.waiting.length >= 2 * AT_ONCE) break
      if (isReady(task, latest)) launch(task, latest)
    }
    await saveCheckpoint(followed)
    lastRound = performance.now()
  }

  function isReady(task: Task, latest: BlockRef): boolean {
    const key = taskKey(task)
    const isTurn = memory.blocksDue(key, latest.number) >= BigInt(staggerOf(key, node.address, staggerBlocks))
    return isTurn && !busy.has(key) && !memory.isPaused(key) && !transactions.isUnderWay(key)
  }

  /** An enclave may take its time, and other tasks and transactions do not wait for it. */
  function launch(task: Task, latest: BlockRef): void {
    const key = taskKey(task)
    busy.add(key)
    void perform(task, key, latest)
      .catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'the journal cannot be written'))
      .finally(() => busy.delete(key))
  }

  async function perform(task: Task, key: string, latest: BlockRef): Promise<void> {
    const place = 'bid' in task ? { seq: task.bid.seq } : 'batchId' in task ? { batchId: task.batchId } : {}
    const fields = { id: task.id, task: task.kind, ...place }
    try {
      const result = await performTask(task, context, latest)
      if (result !== 'already-done') return
      memory.rest(key)
      log.debug({ ...fields }, 'done by somebody else, it seems')
    } catch (error) {
      if (stopping.signal.aborted) return
      const code = error instanceof SubrosaError ? error.code : 'INTERNAL'
      metrics.failure(task.kind, code)
      const { failures, until } = await memory.fail(key)
      const pauseMs = until - clock()
      log.warn({ ...fields, code, reason: reasonOf(error), failures, pauseMs }, 'task failed; it will be tried again')
    }
  }

  async function watchBalance(): Promise<void> {
    const before = balance
    balance = await node.readBalance()
    if (balance < minBalance && before >= minBalance) log.error({ balance, minBalance }, 'running out of money')
    if (balance >= minBalance && before < minBalance) log.info({ balance }, 'has money again')
  }

  async function saveCheckpoint({ book, markets, read, next }: Followed, force = false): Promise<void> {
    if (next === checkpoint || (!force && next - checkpoint < CHECKPOINT_BLOCKS)) return
    // A page that failed left one of them behind.
    if (read.auctions !== read.book) return
    const block = next - 1n
    const { hash } = await connection.readBlock(block)
    const { chainId, contracts } = deployment
    const saved = { auctions: [...book.auctions], markets: [...markets.markets] }
    const where = { chainId, contract: contracts.auctions, bookContract: contracts.book }
    await saveBook(bookFile, { ...where, block, blockHash: hash, ...saved })
    checkpoint = next
  }

  async function run(): Promise<void> {
    let pause = pollMs
    while (!stopping.signal.aborted) {
      try {
        await round()
        if (problem !== '') log.info('rounds succeed')
        ;[problem, pause] = ['', pollMs]
      } catch (error) {
        if (error instanceof JournalHeld) throw error
        pause = Math.min(pause * 2, LONGEST_POLL_MS)
        problem = reasonOf(error)
        log.error({ reason: problem, pauseMs: pause }, 'round failed')
      }
      show()
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  function show(): void {
    const byKind = new Map<string, number>()
    for (const { kind } of due) byKind.set(kind, (byKind.get(kind) ?? 0) + 1)
    const { waiting } = transactions
    metrics.show({ balance, due: byKind, waiting: waiting.length, oldestAge: ageOf(transactions), lag })
  }

  const running = run()
  return {
    metrics,
    receiverUrl: receiver?.url ?? null,
    ended: running,
    readiness: () => ({
      ready: lastRound > 0 && performance.now() - lastRound < MAX_SILENCE_MS && balance >= minBalance,
      ...(balance < minBalance ? { reason: 'the balance is below the minimum' } : problem && { reason: problem }),
      ...{ block: (followed?.next ?? 0n) - 1n, lag, balance },
      ...{ auctions: followed?.book.size ?? 0, markets: followed?.markets.size ?? 0 },
      ...{ due: due.length, failing: memory.failing },
      ...{ waiting: transactions.waiting.length, oldestWaitingSeconds: ageOf(transactions) },
    }),
    stop: () => (stopped ??= stop()),
  }

  async function stop(): Promise<void> {
    stopping.abort()
    await receiver?.close()
    await running.catch(() => undefined)
    await transactions.close()
    if (followed) {
      await saveCheckpoint(followed, true).catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'no checkpoint; the next start reads a little more')
      })
    }
    await state.close()
  }
}

/** Seconds since the oldest transaction that waits was first signed. */
function ageOf({ waiting }: Transactions): number {
  const first = Math.min(...waiting.map(({ attempts }) => attempts[0].at))
  return waiting.length === 0 ? 0 : Math.max(0, Math.round((Date.now() - first) / 1_000))
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
