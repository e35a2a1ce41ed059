import type { ApiPromise } from '@polkadot/api'
import type { SubmittableExtrinsic } from '@polkadot/api/types'
import { z } from 'zod'
import { SubrosaError } from '../../protocol/errors'
import type { ContractCall } from '../connection'
import { ContractRevert } from '../errors'
import { nativeToEthRatio } from './constants'
import { limitsOf, requirePart } from './dryRun'
import { estimateCall } from './estimate'
import { toDispatchError } from './hubError'
import { toPlancks } from './nativeValue'
import { hubInteger, hubWeight, type HubWeight } from './schemas'

type Extrinsic = SubmittableExtrinsic<'promise'>
type Limits = { weight: HubWeight; storageDeposit: bigint }

/** `dryRunApi.dryRunCall`, as far as it is used. */
const dryRunEffects = z.union([
  z.object({
    ok: z.object({
      executionResult: z.union([
        z.object({ ok: z.object({ actualWeight: hubWeight.nullable() }) }),
        z.object({ err: z.object({ error: z.unknown() }) }),
      ]),
    }),
  }),
  z.object({ err: z.unknown() }),
])
/** What a block allows to one transaction. */
const blockWeights = z.object({ perClass: z.object({ normal: z.object({ maxExtrinsic: hubWeight }) }) })

/** Bytes that a call may add to the contracts' storage where it cannot be tried alone. */
const ROOM_BYTES = 2_048n
/** The version of XCM that the dry run may answer in: none is sent here. */
const XCM_VERSION = 4

/**
 * One transaction for one or more messages to contracts: a `revive.call`, or all of them or none in a `utility.batchAll`,
 * with limits from dry runs. A call that reverts alone because it builds on an earlier one is tried with the others: its
 * limit of weight is what all of them took.
 *
 * @param account 32 bytes, of whoever will sign.
 * @throws ContractRevert, SubrosaError: nothing was sent.
 */
export async function toExtrinsic(
  api: ApiPromise,
  account: Uint8Array,
  calls: readonly ContractCall[],
): Promise<Extrinsic> {
  const tried: (Limits | null)[] = []
  for (const [index, call] of calls.entries()) tried.push(await tryCall(api, account, call, index > 0))
  const messages = (room: Limits) => calls.map((call, index) => toMessage(api, call, tried[index] ?? room))
  const most = mostOf(api)
  const [first, second] = messages(most)
  if (!first) throw new SubrosaError('INVALID_FIELD', { field: 'calls', details: 'there is nothing to send' })
  if (!second) return first
  const batchAll = requirePart(api.tx.utility?.batchAll, 'utility.batchAll')
  if (!tried.includes(null)) return batchAll(messages(most))
  const weight = await tryWhole(api, account, batchAll(messages(most)))
  return batchAll(messages(limitsOf({ weight, storageDeposit: most.storageDeposit })))
}

/** @returns null for a call that reverts where an earlier one may change that. */
async function tryCall(
  api: ApiPromise,
  account: Uint8Array,
  call: ContractCall,
  mayBuild: boolean,
): Promise<Limits | null> {
  try {
    return limitsOf(await estimateCall(api, account, call))
  } catch (error) {
    if (mayBuild && error instanceof ContractRevert) return null
    throw error
  }
}

/** As much weight as one transaction may take, and a deposit for one more item. */
function mostOf({ consts }: ApiPromise): Limits {
  const price = (name: string) => hubInteger.parse(requirePart(consts.revive?.[name], `revive.${name}`).toJSON())
  const { perClass } = blockWeights.parse(requirePart(consts.system?.blockWeights, 'system.blockWeights').toJSON())
  const storageDeposit = price('depositPerItem') + ROOM_BYTES * price('depositPerByte')
  return { weight: perClass.normal.maxExtrinsic, storageDeposit }
}

function toMessage(api: ApiPromise, { to, data, value }: ContractCall, { weight, storageDeposit }: Limits): Extrinsic {
  const method = requirePart(api.tx.revive?.call, 'revive.call')
  return method(to, toPlancks(value, nativeToEthRatio(api)), weight, storageDeposit, data)
}

/** Runs the batch on the newest state, as the account would. @returns what it took. @throws SubrosaError */
async function tryWhole(api: ApiPromise, account: Uint8Array, batch: Extrinsic): Promise<HubWeight> {
  const run = requirePart(api.call.dryRunApi?.dryRunCall, 'dryRunApi.dryRunCall')
  const answer = dryRunEffects.parse((await run({ system: { Signed: account } }, batch.method, XCM_VERSION)).toJSON())
  if (!('ok' in answer)) {
    throw new SubrosaError('RPC_UNAVAILABLE', { details: `the batch cannot be tried: ${JSON.stringify(answer.err)}` })
  }
  const { executionResult } = answer.ok
  if ('err' in executionResult) throw toDispatchError(api, executionResult.err.error, 'the batch')
  const { actualWeight } = executionResult.ok
  if (!actualWeight) throw new SubrosaError('RPC_UNAVAILABLE', { details: 'the dry run tells no weight' })
  return actualWeight
}
