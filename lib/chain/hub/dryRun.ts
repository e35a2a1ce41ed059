import type { ApiPromise } from '@polkadot/api'
import type { Hex } from 'viem'
import type { ContractCall } from '../connection'
import { decodeRevert } from '../decodeRevert'
import { SubrosaError } from '../../protocol/errors'
import { toDispatchError } from './hubError'
import type { HubWeight } from './schemas'

/** What a call would take: the weight to allow it, and plancks for what it stores (below 0: what comes back). */
export type HubEstimate = { weight: HubWeight; storageDeposit: bigint }

/** The lowest bit of a contract's flags: it reverted. */
const REVERTED = 1

type Execution = { flags: number | { bits: number }; data: Hex }

/**
 * @param call Named in the error.
 * @throws ContractRevert with the contract's own error; SubrosaError where the runtime did not let it run.
 */
export function requireExecuted<T>(
  api: ApiPromise,
  result: { ok: T } | { err?: unknown },
  executionOf: (ok: T) => Execution,
  call: Partial<ContractCall>,
): T {
  if (!('ok' in result)) throw toDispatchError(api, result.err, call.method ?? 'call')
  const { flags, data } = executionOf(result.ok)
  const bits = typeof flags === 'number' ? flags : flags.bits
  if ((bits & REVERTED) !== 0) throw decodeRevert(data, call)
  return result.ok
}

/** Headroom over a dry run: another transaction may get in between and make this one cost more. */
const MARGIN_PERCENT = 120n

/** The limits to send with: what the dry run took and a fifth more; a deposit's limit is never below nothing. */
export function limitsOf({ weight, storageDeposit }: HubEstimate): { weight: HubWeight; storageDeposit: bigint } {
  const more = (value: bigint) => (value * MARGIN_PERCENT) / 100n
  return {
    weight: { refTime: more(weight.refTime), proofSize: more(weight.proofSize) },
    storageDeposit: storageDeposit > 0n ? more(storageDeposit) : 0n,
  }
}

/** A call or extrinsic that this chain's runtime must have. @throws SubrosaError RPC_UNAVAILABLE naming it. */
export function requirePart<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw new SubrosaError('RPC_UNAVAILABLE', { details: `this chain has no ${name}` })
  return part
}
