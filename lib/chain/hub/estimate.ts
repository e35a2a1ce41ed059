import type { ApiPromise } from '@polkadot/api'
import type { Hex } from 'viem'
import type { ContractCall } from '../connection'
import { nativeToEthRatio } from './constants'
import { requireExecuted, requirePart, type HubEstimate } from './dryRun'
import { toPlancks } from './nativeValue'
import { hubCallResult, hubInstantiateResult, hubInteger } from './schemas'

/** A dry run of a call by an account, on the newest state. @throws ContractRevert, SubrosaError as `requireExecuted`. */
export async function estimateCall(api: ApiPromise, origin: Uint8Array, call: ContractCall): Promise<HubEstimate> {
  const { to, data } = call
  const run = requirePart(api.call.reviveApi?.call, 'reviveApi.call')
  const answer = await run(origin, to, toPlancks(call.value, nativeToEthRatio(api)), null, null, data)
  const { result, gasRequired, storageDeposit } = hubCallResult.parse(answer.toJSON())
  requireExecuted(api, result, (ok) => ok, call)
  return { weight: gasRequired, storageDeposit }
}

/** @param code Creation code with the constructor's arguments, which pallet-revive takes as one. */
export async function estimateInstantiation(api: ApiPromise, origin: Uint8Array, code: Hex): Promise<HubEstimate> {
  const run = requirePart(api.call.reviveApi?.instantiate, 'reviveApi.instantiate')
  const answer = await run(origin, 0n, null, null, { Upload: code }, '0x', null)
  const { result, gasRequired, storageDeposit } = hubInstantiateResult.parse(answer.toJSON())
  requireExecuted(api, result, (ok) => ok.result, { method: 'constructor' })
  return { weight: gasRequired, storageDeposit }
}

/** Wei a unit of gas, as the runtime counts. */
export async function readGasPrice(api: ApiPromise): Promise<bigint> {
  const price = requirePart(api.call.reviveApi?.gasPrice, 'reviveApi.gasPrice')
  return hubInteger.parse((await price()).toJSON())
}
