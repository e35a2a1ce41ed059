import type { Hex } from 'viem'
import { finalizeBatchCall, settleBatchCall, strikeUnfinalCall, voidLateBatchesCall } from '../chain/calls/book/batches'
import { executeWithdrawalCall } from '../chain/calls/book/margin'
import { claimCall, claimLotCall, claimProceedsCall, reclaimLotCall } from '../chain/calls/claims'
import { settleCall, voidAuctionCall } from '../chain/calls/settlement'
import type { ContractCall } from '../chain/connection'
import type { Deployment } from '../chain/deployment'
import { askEnclaves } from './askEnclaves'
import { requestBatchSettlement } from './batchClient'
import type { Task } from './dueTasks'
import { requestSettlement } from './enclaveClient'
import type { ClientIdentity } from './enclaveHttp'
import type { ReceivedOutcomes } from './receive/receivedOutcomes'

/** What the contract answers where somebody else was faster. */
export const ALREADY_DONE: Record<Task['kind'], string[]> = {
  settle: ['AuctionNotOpen'],
  void: ['AuctionNotOpen'],
  claim: ['NotLiveBid'],
  claimLot: ['NothingToClaim'],
  claimProceeds: ['NothingToClaim'],
  reclaimLot: ['NothingToClaim'],
  settleBatch: ['BatchNotNext'],
  finalizeBatch: ['BatchNotFinal'],
  strikeUnfinal: ['BatchNotFinal'],
  voidLate: [],
  executeWithdrawal: ['NothingRequested', 'WithdrawalNotDue'],
}

/** Whether the task runs code of the auction's seller. */
export function movesLots({ kind }: Pick<Task, 'kind'>): boolean {
  return kind === 'claimLot' || kind === 'reclaimLot'
}

/** Late or void batches that one transaction steps over, at most. */
export const STEPS_A_CALL = 32n

export type CallContext = {
  deployment: Deployment
  enclaveUrls: readonly string[]
  /** Who this keeper is to enclaves' doors for keepers. */
  identity?: ClientIdentity | undefined
  /** Outcomes that nobody needs to be asked for. */
  received: Pick<ReceivedOutcomes, 'auction' | 'batch'>
  /** A dry run. @throws ContractRevert where the call would fail. */
  estimate: (call: ContractCall) => Promise<bigint>
}

/**
 * The call that does a task; for a settlement, with what an enclave has handed over, or answers.
 *
 * @throws SubrosaError where no enclave gives one.
 */
export async function callOf(task: Task, context: CallContext): Promise<ContractCall> {
  const { deployment, received } = context
  switch (task.kind) {
    case 'settle':
      return (await received.auction(task.id)) ?? settlementCallOf(task, context)
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
    case 'settleBatch':
      return (await received.batch(task.id, task.batchId)) ?? batchCallOf(task, context)
    case 'finalizeBatch':
      return finalizeBatchCall(deployment, task.settlement, task.fills)
    case 'strikeUnfinal':
      return strikeUnfinalCall(deployment, task.id, task.batchId)
    case 'voidLate':
      return voidLateBatchesCall(deployment, task.id, STEPS_A_CALL)
    case 'executeWithdrawal':
      return executeWithdrawalCall(deployment, task.id, task.trader)
  }
}

/** The contract takes nothing from a signer that the registry has not admitted: then the next enclave is asked. */
function settlementCallOf(
  { id }: { id: Hex },
  { deployment, enclaveUrls, identity, estimate }: CallContext,
): Promise<ContractCall> {
  return askEnclaves(enclaveUrls, async (url) => {
    const { settlement, signature, witness } = await requestSettlement(url, id, identity)
    const call = settleCall(deployment, settlement, signature, witness)
    await estimate(call)
    return call
  })
}

/** Nor a second settlement from a signer that was struck. */
function batchCallOf(
  { id, batchId }: { id: Hex; batchId: bigint },
  { deployment, enclaveUrls, identity, estimate }: CallContext,
): Promise<ContractCall> {
  return askEnclaves(enclaveUrls, async (url) => {
    const { settlement, signature, fills } = await requestBatchSettlement(url, id, batchId, identity)
    const call = settleBatchCall(deployment, settlement, signature, fills)
    await estimate(call)
    return call
  })
}
