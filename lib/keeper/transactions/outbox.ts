import type { BlockRef, ContractCall } from '../../chain/connection'
import type { Fees, TransactionNode } from '../../chain/transactionNode'
import type { Logger } from '../../observe/logger'
import { SubrosaError } from '../../protocol/errors'
import type { KeeperState } from '../journal/keeperState'
import type { SignedRecord } from '../journal/records'
import type { Slot } from '../journal/state'
import type { KeeperMetrics } from '../metrics'

/** A task as transactions know it; an empty key stands for none. */
export type TaskRef = { key: string; kind: string }

export type OutboxOptions = { node: TransactionNode; state: KeeperState; metrics: KeeperMetrics; log: Logger }

/** Signs, writes down, sends: in this order, whatever happens in between. */
export class Outbox {
  /** Nonces whose newest attempt no node is known to have. After a start: all of them. */
  readonly unsent: Set<number>
  /** Nonces for which a node holds something dearer. */
  readonly outbid = new Set<number>()

  constructor(private readonly options: OutboxOptions) {
    this.unsent = new Set(options.state.now.slots.keys())
  }

  /** Transactions that no block holds, by nonce. */
  get waiting(): Slot[] {
    const slots = [...this.options.state.now.slots.values()]
    return slots.filter(({ mined }) => !mined).sort((a, b) => a.nonce - b.nonce)
  }

  /** @throws SubrosaError INSUFFICIENT_BALANCE where this comes on top of what is promised already, and is too much. */
  async checkFunds(cost: bigint): Promise<void> {
    const balance = await this.options.node.readBalance()
    const promised = this.waiting.map(newest).reduce((sum, { gas, maxFeePerGas }) => sum + gas * maxFeePerGas, 0n)
    if (balance >= promised + cost) return
    const details = `${balance} wei left, ${promised + cost} needed`
    throw new SubrosaError('INSUFFICIENT_BALANCE', { details })
  }

  /** Signs and sends one more transaction for a nonce. It is on the disk before any node sees it. */
  async send(nonce: number, task: TaskRef, call: ContractCall, gas: bigint, fees: Fees, latest: BlockRef) {
    const { node, state, metrics } = this.options
    const { to, data, value, method } = call
    const { maxFeePerGas, maxPriorityFeePerGas } = fees
    const signed = { nonce, to, data, value, gas, maxFeePerGas, maxPriorityFeePerGas }
    const { hash } = await node.sign(signed)
    const record = { ...signed, method, task: task.key, kind: task.kind, hash, head: latest.number, at: Date.now() }
    await state.record({ type: 'signed', ...record })
    this.unsent.add(nonce)
    metrics.transaction(task.kind, 'sent')
    await this.broadcast({ type: 'signed', ...record })
  }

  /** Never throws: what could not be sent now is sent again. */
  async broadcast(attempt: SignedRecord): Promise<void> {
    const { node, log } = this.options
    const { nonce, hash, kind } = attempt
    const fields = { nonce, hash, task: kind, id: attempt.task.slice(0, 66) }
    const answer = await node
      .sign(attempt)
      .then(({ raw }) => node.broadcast(raw))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        log.warn({ ...fields, reason }, 'the node did not take it; it will be sent again')
        return null
      })
    if (answer === null) return
    if (answer === 'underpriced') this.outbid.add(nonce)
    this.unsent.delete(nonce)
    log.info({ ...fields, answer }, 'transaction sent')
  }
}

/** The attempt that counts: each one takes the place of those before it. */
export function newest({ attempts }: Slot): SignedRecord {
  return attempts.at(-1) ?? attempts[0]
}
