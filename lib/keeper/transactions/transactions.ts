import type { Hash } from 'viem'
import type { BlockRef, ContractCall } from '../../chain/connection'
import { ContractRevert } from '../../chain/errors'
import type { FeeMarket, Fees, MinedTransaction } from '../../chain/transactionNode'
import { SubrosaError } from '../../protocol/errors'
import type { SignedRecord } from '../journal/records'
import type { Slot } from '../journal/state'
import { newest, Outbox, type OutboxOptions, type TaskRef } from './outbox'
import { bumpedFees, firstFees } from './fees'
import type { Outcome } from './outcome'

export type FeePolicy = {
  /** Wei a unit of gas, at most. */
  maxFeePerGas: bigint
  /** Blocks that a transaction may wait before it is sent again for more. */
  replaceAfterBlocks: number
}

export type TransactionsOptions = OutboxOptions & { policy: FeePolicy }

type Heads = { latest: BlockRef; finalized: BlockRef }

const NO_TASK: TaskRef = { key: '', kind: 'cancel' }

/**
 * The account's transactions, each under one nonce until its block is final. Whatever may be in some node's pool was
 * written down before it was sent, and everything that is sent for a task again has the same nonce, so that at most one
 * of it is ever paid for.
 */
export class Transactions {
  readonly #outbox: Outbox
  /** Nonces in some pool of which the journal knows nothing, and the block in which they were first missed. */
  readonly #foreign = new Map<number, bigint>()
  /** Transactions that were said to be at the cap. */
  readonly #capped = new Set<Hash>()
  #last: Promise<unknown> = Promise.resolve()
  #seen = ''
  #closed = false

  constructor(private readonly options: TransactionsOptions) {
    this.#outbox = new Outbox(options)
  }

  get #slots(): Map<number, Slot> {
    return this.options.state.now.slots
  }

  /** Those that no block holds, by nonce. */
  get waiting(): Slot[] {
    return this.#outbox.waiting
  }

  /** Whether the task has a transaction that waits, or that a block holds and did not refuse. */
  isUnderWay(key: string): boolean {
    return [...this.#slots.values()].some(({ attempts, mined }) => {
      if (attempts[0].task !== key) return false
      return !mined || (mined.succeeded && attempts.some(({ task, hash }) => task === key && hash === mined.hash))
    })
  }

  /**
   * Sends a task's transaction under a new nonce, unless one is under way.
   *
   * @param gas The transaction's limit.
   * @throws FeesAboveCap; SubrosaError INSUFFICIENT_BALANCE. Nothing was sent then.
   */
  submit(task: TaskRef, call: ContractCall, gas: bigint, latest: BlockRef): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#closed || this.isUnderWay(task.key)) return
      const { node, policy } = this.options
      const fees = firstFees(await node.readFeeMarket(), policy.maxFeePerGas)
      await this.#outbox.checkFunds(gas * fees.maxFeePerGas)
      const nonce = Math.max(await node.readNonce('pending'), ...[...this.#slots.keys()].map((used) => used + 1))
      await this.#outbox.send(nonce, task, call, gas, fees, latest)
    })
  }

  /**
   * Looks what became of everything under way, sends again what got lost, and offers more for what waits too long.
   */
  advance(heads: Heads): Promise<Outcome[]> {
    return this.#inOrder(async () => {
      if (this.#seen === heads.latest.hash && this.#outbox.unsent.size === 0) return []
      const used = await this.options.node.readNonce('latest')
      const outcomes: Outcome[] = []
      for (const slot of [...this.#slots.values()].sort((a, b) => a.nonce - b.nonce)) {
        const outcome = slot.nonce < used ? await this.#lookUp(slot, heads) : await this.#unmine(slot)
        if (outcome) outcomes.push(outcome)
      }
      await this.#push(used, heads.latest)
      this.#seen = heads.latest.hash
      return outcomes
    })
  }

  /** Takes nothing more, and resolves when what was begun is written down and sent. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#inOrder(() => Promise.resolve())
  }

  /** A nonce that blocks have used: by which attempt, and is that final? */
  async #lookUp(slot: Slot, { finalized }: Heads): Promise<Outcome | null> {
    const { node, state, metrics } = this.options
    const known = slot.mined
    if (known && known.blockNumber > finalized.number) return null
    const found = await this.#findMined(slot)
    this.#outbox.unsent.delete(slot.nonce)
    if (!found) {
      if (known) await this.#unmine(slot)
      // A node may know the nonce before the receipt, so the word of final blocks alone counts.
      if ((await node.readNonce('finalized')) <= slot.nonce) return null
      await state.record({ type: 'closed', nonce: slot.nonce })
      metrics.transaction(slot.attempts[0].kind, 'superseded')
      return { kind: 'superseded', attempt: slot.attempts[0], mined: null }
    }
    const { attempt, mined } = found
    const isFinal = mined.blockNumber <= finalized.number
    if (!known || known.blockHash !== mined.blockHash || known.hash !== attempt.hash) {
      await state.record({ type: 'mined', nonce: slot.nonce, hash: attempt.hash, ...mined })
    }
    if (isFinal) {
      await state.record({ type: 'closed', nonce: slot.nonce })
      metrics.spent(attempt.kind, mined)
    }
    const kind = attempt.task === '' ? 'cancelled' : mined.succeeded ? 'succeeded' : 'reverted'
    if (known && known.hash === attempt.hash && known.succeeded === mined.succeeded) {
      return isFinal ? { kind: 'final', attempt, mined } : null
    }
    metrics.transaction(slot.attempts[0].kind, kind)
    return { kind, attempt, mined }
  }

  async #findMined({ attempts }: Slot): Promise<{ attempt: SignedRecord; mined: MinedTransaction } | null> {
    for (const attempt of attempts.toReversed()) {
      const mined = await this.options.node.readMined(attempt.hash)
      if (mined) return { attempt, mined }
    }
    return null
  }

  /** A nonce that is free again was in a block that is no more. */
  async #unmine(slot: Slot): Promise<null> {
    if (!slot.mined) return null
    const { state, metrics, log } = this.options
    log.warn({ nonce: slot.nonce, hash: slot.mined.hash, block: slot.mined.blockNumber }, 'its block was taken back')
    await state.record({ type: 'unmined', nonce: slot.nonce })
    metrics.transaction(slot.attempts[0].kind, 'reorganised')
    this.#outbox.unsent.add(slot.nonce)
    return null
  }

  /** Keeps everything that waits moving, the lowest nonce first: the others wait for it. */
  async #push(used: number, latest: BlockRef): Promise<void> {
    const waiting = this.waiting.filter(({ nonce }) => nonce >= used)
    const { node, policy } = this.options
    if (waiting.length === 0) return this.#fillGaps(used, latest)
    const market = await node.readFeeMarket()
    for (const [place, slot] of waiting.entries()) {
      const last = newest(slot)
      const late = latest.number - last.head >= BigInt(policy.replaceAfterBlocks)
      const isStuck = place === 0 || last.maxFeePerGas < market.baseFee
      await this.#unlessHopeless(slot.nonce, async () => {
        if (this.#outbox.unsent.has(slot.nonce)) await this.#sendAgain(slot, market, latest)
        else if (this.#outbox.outbid.has(slot.nonce) || (late && isStuck)) await this.#replace(slot, market, latest)
      })
    }
    await this.#fillGaps(used, latest)
  }

  /** One transaction that cannot be paid for now keeps no other waiting. */
  async #unlessHopeless(nonce: number, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof SubrosaError) || error.code === 'RPC_UNAVAILABLE') throw error
      this.options.log.warn({ nonce, code: error.code, reason: error.message }, 'a transaction has to wait')
    }
  }

  async #sendAgain(slot: Slot, market: FeeMarket, latest: BlockRef): Promise<void> {
    const last = newest(slot)
    // A node may have it by now, so it is not enough to be silent about what is no longer due.
    if (!(await this.#isStillDue(last)) || last.maxFeePerGas < market.baseFee) {
      return this.#replace(slot, market, latest)
    }
    await this.#outbox.broadcast(last)
  }

  /** Offers more for the same, or for nothing at all where the task is no longer due. */
  async #replace(slot: Slot, market: FeeMarket, latest: BlockRef): Promise<void> {
    const { policy, log, metrics } = this.options
    const last = newest(slot)
    const isDue = await this.#isStillDue(last)
    const fees = bumpedFees(last, market, policy.maxFeePerGas)
    const fields = { nonce: slot.nonce, task: last.kind, hash: last.hash }
    if (!fees) {
      if (!this.#capped.has(last.hash)) log.warn({ ...fields, ...feesOf(last) }, 'waits: its fees are at the cap')
      this.#capped.add(last.hash)
      return this.#outbox.broadcast(last)
    }
    const call = isDue ? last : this.#nothing()
    const gas = isDue ? last.gas : await this.options.node.estimateGas(call, 'latest')
    await this.#outbox.checkFunds(gas * (fees.maxFeePerGas - last.maxFeePerGas))
    log.info({ ...fields, ...fees }, isDue ? 'waited too long; offering more' : 'no longer due; taking it back')
    metrics.transaction(slot.attempts[0].kind, 'replaced')
    this.#outbox.outbid.delete(slot.nonce)
    await this.#outbox.send(slot.nonce, isDue ? { key: last.task, kind: last.kind } : NO_TASK, call, gas, fees, latest)
  }

  /** A nonce below others that nobody has anything for would hold them up for ever, and so does one of a lost journal. */
  async #fillGaps(used: number, latest: BlockRef): Promise<void> {
    const { node, policy, log } = this.options
    const end = Math.max(await node.readNonce('pending'), ...[...this.#slots.keys()].map((nonce) => nonce + 1))
    for (const nonce of this.#foreign.keys()) if (nonce < used) this.#foreign.delete(nonce)
    for (let nonce = used; nonce < end; ++nonce) {
      if (this.#slots.has(nonce)) continue
      const since = this.#foreign.get(nonce) ?? latest.number
      this.#foreign.set(nonce, since)
      if (latest.number - since < BigInt(policy.replaceAfterBlocks)) continue
      await this.#unlessHopeless(nonce, async () => {
        const fees = firstFees(await node.readFeeMarket(), policy.maxFeePerGas)
        const gas = await node.estimateGas(this.#nothing(), 'latest')
        await this.#outbox.checkFunds(gas * fees.maxFeePerGas)
        log.warn({ nonce }, 'the journal knows nothing of this nonce; using it up')
        await this.#outbox.send(nonce, NO_TASK, this.#nothing(), gas, fees, latest)
      })
    }
  }

  #nothing(): ContractCall {
    return { to: this.options.node.address, data: '0x', value: 0n, method: 'cancel' }
  }

  async #isStillDue(attempt: SignedRecord): Promise<boolean> {
    if (attempt.task === '') return true
    try {
      await this.options.node.estimateGas(attempt, 'latest')
      return true
    } catch (error) {
      if (error instanceof ContractRevert) return false
      throw error
    }
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work)
    this.#last = next.catch(() => undefined)
    return next
  }
}

function feesOf({ maxFeePerGas, maxPriorityFeePerGas }: Fees): Fees {
  return { maxFeePerGas, maxPriorityFeePerGas }
}
