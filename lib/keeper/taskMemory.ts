import type { Hex } from 'viem'
import { isOver, nextPause } from './backoff'
import { movesLots } from './callOf'
import { taskKey, type Task } from './dueTasks'
import type { KeeperState } from './journal/keeperState'
import type { Pause } from './journal/state'

/** Transactions of an auction's lots that may revert in blocks before no more are sent. */
const LOT_REVERTS = 3

/**
 * Which tasks are to be left alone, and for how long. Failures are in the journal, so that a keeper which is started
 * again and again pays no more for a hostile token than one that runs on.
 */
export class TaskMemory {
  /** Done by somebody else, it seems, in a block that is not final: nobody's fault, and forgotten at a restart. */
  readonly #resting = new Map<string, Pause>()
  /** The block in which a task was first seen to be due. */
  readonly #firstSeen = new Map<string, bigint>()

  /** @param clock Unix milliseconds. */
  constructor(
    private readonly state: KeeperState,
    private readonly clock: () => number,
  ) {}

  get failing(): number {
    return this.state.now.pauses.size
  }

  isPaused(key: string): boolean {
    const now = this.clock()
    return !isOver(this.state.now.pauses.get(key), now) || !isOver(this.#resting.get(key), now)
  }

  /** How many blocks the task has been due. */
  blocksDue(key: string, block: bigint): bigint {
    const first = this.#firstSeen.get(key)
    // A shorter chain is another one, or a reorganised one: its blocks count anew.
    if (first === undefined || first > block) this.#firstSeen.set(key, block)
    return block - (this.#firstSeen.get(key) ?? block)
  }

  async fail(key: string): Promise<Pause> {
    const pause = nextPause(this.state.now.pauses.get(key), this.clock())
    await this.state.record({ type: 'paused', task: key, ...pause })
    return pause
  }

  async succeed(key: string): Promise<void> {
    this.#resting.delete(key)
    if (this.state.now.pauses.has(key)) await this.state.record({ type: 'resumed', task: key })
  }

  rest(key: string): void {
    this.#resting.set(key, nextPause(this.#resting.get(key), this.clock()))
  }

  /** Forgets every other task: done, or given up. */
  async retain(tasks: readonly Task[]): Promise<void> {
    const keys = new Set(tasks.map(taskKey))
    for (const memory of [this.#resting, this.#firstSeen]) {
      for (const key of memory.keys()) if (!keys.has(key)) memory.delete(key)
    }
    for (const task of this.state.now.pauses.keys()) {
      if (!keys.has(task)) await this.state.record({ type: 'resumed', task })
    }
  }

  /**
   * Counts a transaction of an auction's lots that reverted in a block. A token can tell a dry run from a block, let the
   * one pass and fail the other, and each of those costs gas: unlike everything else that fails, it is not tried for
   * ever. The owners can always send for their lots themselves.
   *
   * @returns Whether this was the last one.
   */
  async countLotRevert(id: Hex): Promise<boolean> {
    const reverts = (this.state.now.lots.get(id) ?? 0) + 1
    await this.state.record({ type: 'lots', id, reverts })
    return reverts === LOT_REVERTS
  }

  isGivenUp(task: Task): boolean {
    return movesLots(task) && (this.state.now.lots.get(task.id) ?? 0) >= LOT_REVERTS
  }
}
