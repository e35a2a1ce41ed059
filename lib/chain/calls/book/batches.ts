import type { Hex } from 'viem'
import type { BatchSettlement, Fill } from '../../../protocol/book/settlement'
import type { ContractCall } from '../../connection'
import type { BookDeployment } from '../../deployment'
import { bookCall } from './bookCall'

/** Records a batch's outcome signed by an enclave. @param fills In ascending order of their leaves. */
export function settleBatchCall(
  deployment: BookDeployment,
  settlement: BatchSettlement,
  signature: Hex,
  fills: readonly Fill[],
): ContractCall {
  return bookCall(deployment, 'settleBatch', [settlement, signature, fills])
}

/** Applies a settled batch past its challenge window to its traders' margins. Both as they were settled. */
export function finalizeBatchCall(
  deployment: BookDeployment,
  settlement: BatchSettlement,
  fills: readonly Fill[],
): ContractCall {
  return bookCall(deployment, 'finalizeBatch', [settlement, fills])
}

/**
 * Marks as void the used batches that nobody settled in time, oldest first, and moves on past void ones: at most `limit`
 * steps. Anyone may send it.
 */
export function voidLateBatchesCall(deployment: BookDeployment, id: Hex, limit: bigint): ContractCall {
  return bookCall(deployment, 'voidLateBatches', [id, limit])
}

/**
 * Takes back the settlement of a batch and of all later unfinal ones. Only the contract that judges challenges may.
 *
 * @param settlementHash EIP-712 digest of the settlement that is meant.
 */
export function strikeCall(deployment: BookDeployment, id: Hex, batchId: bigint, settlementHash: Hex): ContractCall {
  return bookCall(deployment, 'strike', [id, batchId, settlementHash])
}

/** Voids a settled batch that nobody made final in time, so that those behind it go on. Anyone may send it. */
export function strikeUnfinalCall(deployment: BookDeployment, id: Hex, batchId: bigint): ContractCall {
  return bookCall(deployment, 'strikeUnfinal', [id, batchId])
}
