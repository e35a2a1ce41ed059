import { claimCall, claimLotCall, claimProceedsCall, reclaimLotCall } from '../chain/calls/claims'
import { settleCall, voidAuctionCall } from '../chain/calls/settlement'
import type { ContractCall, TransactionSender } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { ContractRevert, isRevert } from '../chain/errors'
import type { Task } from './dueTasks'
import { requestSettlement } from './enclaveClient'

export type TaskContext = { deployment: Deployment; sender: TransactionSender; enclaveUrl: string }

/**
 * Gas of a transaction that runs a lot token's code: its seller wrote it, so it gets what an ordinary transfer needs
 * several times over, and no more.
 */
const LOT_MAX_GAS = 300_000n

export type TaskResult = 'done' | 'already-done'

/** What the contract answers where somebody else was faster. */
const ALREADY_DONE: Record<Task['kind'], string[]> = {
  settle: ['AuctionNotOpen'],
  void: ['AuctionNotOpen'],
  claim: ['NotLiveBid'],
  claimLot: ['NothingToClaim'],
  claimProceeds: ['NothingToClaim'],
  reclaimLot: ['NothingToClaim'],
}

/** Whether the task runs code of the auction's seller. */
export function movesLots({ kind }: Task): boolean {
  return kind === 'claimLot' || kind === 'reclaimLot'
}

/**
 * Does one task, up to its transaction's block. The sender runs it dry first, so nothing is sent that would fail now.
 *
 * @throws SubrosaError for the reason it could not be done.
 */
export async function performTask(task: Task, context: TaskContext): Promise<TaskResult> {
  try {
    await context.sender.execute(await callOf(task, context), movesLots(task) ? { maxGas: LOT_MAX_GAS } : undefined)
    return 'done'
  } catch (error) {
    // A lot's token chooses what a block reverts with, and would have its transactions pass for done.
    const chosen = movesLots(task) && error instanceof ContractRevert && error.mined
    if (!chosen && isRevert(error, ...ALREADY_DONE[task.kind])) return 'already-done'
    throw error
  }
}

async function callOf(task: Task, { deployment, enclaveUrl }: TaskContext): Promise<ContractCall> {
  switch (task.kind) {
    case 'settle': {
      const { settlement, signature, witness } = await requestSettlement(enclaveUrl, task.id)
      return settleCall(deployment, settlement, signature, witness)
    }
    case 'void':
      return voidAuctionCall(deployment, task.id)
    case 'claim':
      return claimCall(deployment, task.id, task.bid)
    case 'claimLot':
      return claimLotCall(deployment, { id: task.id, bidder: task.bidder, slot: task.slot, to: task.bidder })
    case 'claimProceeds':
      return claimProceedsCall(deployment, task.id)
    case 'reclaimLot':
      return reclaimLotCall(deployment, task.id, task.seller)
  }
}
