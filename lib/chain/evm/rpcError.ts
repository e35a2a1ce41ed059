import { BaseError, isHex, type Address, type Hex } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import { decodeRevert } from '../decodeRevert'
import type { ContractRevert } from '../errors'

/** JSON-RPC's code for a call that reverted, as Ethereum nodes use it. */
const EXECUTION_REVERTED = 3

/** Turns what a node answered, or its silence, into a typed error. */
export function toChainError(error: unknown, call: { to?: Address; method?: string } = {}): SubrosaError {
  if (error instanceof SubrosaError) return error
  const revert = revertIn(error, call)
  if (revert) return revert
  const details = error instanceof BaseError ? error.details || error.shortMessage : String(error)
  if (/insufficient funds/i.test(details)) return new SubrosaError('INSUFFICIENT_BALANCE', { details, cause: error })
  return new SubrosaError('RPC_UNAVAILABLE', { details, cause: error })
}

function revertIn(error: unknown, call: { to?: Address; method?: string }): ContractRevert | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const data = revertData('data' in cause ? cause.data : undefined)
    if (data) return decodeRevert(data, call, error)
    if ('code' in cause && cause.code === EXECUTION_REVERTED) return decodeRevert('0x', call, error)
  }
  return null
}

/** Some nodes answer the data itself, some wrap it in an object. */
function revertData(data: unknown): Hex | null {
  if (isHex(data)) return data
  if (typeof data === 'object' && data !== null && 'data' in data && isHex(data.data)) return data.data
  return null
}
