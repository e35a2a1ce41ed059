import { claimCall, claimLotCall, claimProceedsCall, reclaimLotCall } from '../chain/calls/claims'
import { settleCall, voidAuctionCall } from '../chain/calls/settlement'
import type { ContractCall } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { askEnclaves } from './askEnclaves'
import type { Task } from './dueTasks'

/** What the contract answers where somebody else was faster. */
export const ALREADY_DONE: Record<Task['kind'], string[]> = {
  settle: ['AuctionNotOpen'],
  void: ['AuctionNotOpen'],
  claim: ['NotLiveBid'],
  claimLot: ['NothingToClaim'],
  claimProceeds: ['NothingToClaim'],
  reclaimLot: ['NothingToClaim'],
}

/** Whether the task runs code of the auction's seller. */
export function movesLots({ kind }: Pick<Task, 'kind'>): boolean {
  return kind === 'claimLot' || kind === 'reclaimLot'
}

/**
 * The call that does a task; for a settlement, with an enclave's answer.
 *
 * @throws SubrosaError where no enclave gives one.
 */
export async function callOf(
  task: Task,
  { deployment, enclaveUrls }: { deployment: Deployment; enclaveUrls: readonly string[] },
): Promise<ContractCall> {
  switch (task.kind) {
    case 'settle': {
      const { settlement, signature, witness } = await askEnclaves(enclaveUrls, task.id)
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
