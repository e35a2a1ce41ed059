import type { Address, Hex } from 'viem'
import type { ChainConnection } from '../chain/connection'
import { ContractRevert } from '../chain/errors'
import type { Logger } from '../observe/logger'
import { movesLots } from './callOf'
import type { Task } from './dueTasks'
import type { TaskMemory } from './taskMemory'
import type { Outcome } from './transactions/outcome'

export type ReportContext = { connection: ChainConnection; from: Address; memory: TaskMemory; log: Logger }

/** Says what became of a transaction, and remembers it where it failed. */
export async function reportOutcome({ kind, attempt, mined }: Outcome, context: ReportContext): Promise<void> {
  const { connection, from, memory, log } = context
  const [id] = attempt.task.split('/', 1) as [Hex]
  const { hash, nonce, kind: task } = attempt
  const fields = { id, task, nonce, hash, block: mined?.blockNumber, gasUsed: mined?.gasUsed }
  if (kind === 'final') log.debug(fields, 'transaction final')
  else if (kind === 'succeeded') {
    await memory.succeed(attempt.task)
    log.info(fields, 'task performed')
  } else if (kind !== 'reverted') log.warn(fields, `transaction ${kind}`)
  else {
    const pause = await memory.fail(attempt.task)
    const reason = mined ? await revertReason(connection, from, attempt, mined.blockNumber) : ''
    log.warn({ ...fields, reason, ...pause }, 'transaction reverted')
    if (movesLots({ kind: task as Task['kind'] }) && (await memory.countLotRevert(id))) {
      log.warn({ id }, 'lots keep reverting in blocks; no longer sent, their owners can take them')
    }
  }
}

/** A receipt does not say why: the same call, run on the state it met, may. */
async function revertReason(
  connection: ChainConnection,
  from: Address,
  { to, data, value, method }: Outcome['attempt'],
  block: bigint,
): Promise<string> {
  const error = await connection.call({ to, data, value, method, from }, block - 1n).catch((cause: unknown) => cause)
  return error instanceof ContractRevert ? error.message : 'unknown'
}
