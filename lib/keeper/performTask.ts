import type { BlockRef, ContractCall } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { ContractRevert, isRevert } from '../chain/errors'
import type { TransactionNode } from '../chain/transactionNode'
import { SubrosaError } from '../protocol/errors'
import { ALREADY_DONE, callOf, movesLots } from './callOf'
import { taskKey, type Task } from './dueTasks'
import type { ClientIdentity } from './enclaveHttp'
import type { ReceivedOutcomes } from './receive/receivedOutcomes'
import type { Transactions } from './transactions/transactions'

export type TaskContext = {
  deployment: Deployment
  node: TransactionNode
  transactions: Transactions
  enclaveUrls: readonly string[]
  /** Who this keeper is to enclaves' doors for keepers. */
  identity?: ClientIdentity | undefined
  /** What enclaves have handed over. */
  received: ReceivedOutcomes
  /** Gas of a transaction, at most. */
  maxGas: bigint
  /** The same of one that settles a batch or makes it final: it grows with the fills, and runs no code but the book's. */
  maxBatchGas: bigint
  /** Whether the keeper is being stopped: then nothing new is sent. */
  stopping: AbortSignal
}

/**
 * Gas of a transaction that runs a lot token's code: its seller wrote it, so it gets what an ordinary transfer needs
 * several times over, and no more.
 */
const LOT_MAX_GAS = 300_000n

/** Headroom over the estimate: another transaction may get in between and make this one cost more. */
const GAS_MARGIN_PERCENT = 120n

export type TaskResult = 'sent' | 'already-done' | 'stopped'

/**
 * Sends one task's transaction, after a dry run that shows it to be due still, counting what others have sent already.
 *
 * @throws SubrosaError for the reason it could not be sent.
 */
export async function performTask(task: Task, context: TaskContext, latest: BlockRef): Promise<TaskResult> {
  const { deployment, enclaveUrls, identity, received, node, transactions, stopping } = context
  try {
    const call = await callOf(task, {
      deployment,
      enclaveUrls,
      identity,
      received,
      estimate: (tried) => dryRun(node, tried),
    })
    if (stopping.aborted) return 'stopped'
    const estimate = await dryRun(node, call)
    const limit = gasLimitOf(task, context) * node.gasScale
    if (estimate > limit) {
      const details = `${call.method} would take ${estimate} gas, more than ${limit}`
      throw new SubrosaError('TRANSACTION_REVERTED', { details })
    }
    const padded = (estimate * GAS_MARGIN_PERCENT) / 100n
    // Beyond the limit no node takes it: the largest batches have less headroom.
    const gas = padded < limit ? padded : limit
    await transactions.submit({ key: taskKey(task), kind: task.kind }, call, gas, latest)
    return 'sent'
  } catch (error) {
    if (isRevert(error, ...ALREADY_DONE[task.kind])) return 'already-done'
    throw error
  }
}

function gasLimitOf(task: Task, { maxGas, maxBatchGas }: TaskContext): bigint {
  if (task.kind === 'settleBatch' || task.kind === 'finalizeBatch') return maxBatchGas
  return movesLots(task) && LOT_MAX_GAS < maxGas ? LOT_MAX_GAS : maxGas
}

/** Some nodes know no pending state; all know the newest block's. */
export async function dryRun(node: TransactionNode, call: ContractCall): Promise<bigint> {
  try {
    return await node.estimateGas(call, 'pending')
  } catch (error) {
    if (error instanceof ContractRevert) throw error
    return node.estimateGas(call, 'latest')
  }
}
