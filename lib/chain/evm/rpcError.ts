import {
  BaseError,
  HttpRequestError,
  isHex,
  ResponseBodyTooLargeError,
  RpcRequestError,
  TimeoutError,
  type Address,
  type Hex,
} from 'viem'
import { SubrosaError } from '../../protocol/errors'
import { decodeRevert } from '../decodeRevert'
import type { ContractRevert } from '../errors'

/** JSON-RPC's code for a call that reverted, as Ethereum nodes use it. */
const EXECUTION_REVERTED = 3

/** Turns what a node answered, or its silence, into a typed error. */
export function toChainError(error: unknown, call: { to?: Address; method?: string } = {}): SubrosaError {
  const typed = typedIn(error)
  if (typed) return typed
  const revert = revertIn(error, call)
  if (revert) return revert
  const details = error instanceof BaseError ? error.details || error.shortMessage : String(error)
  if (/insufficient funds/i.test(details)) return new SubrosaError('INSUFFICIENT_BALANCE', { details, cause: error })
  return new SubrosaError('RPC_UNAVAILABLE', { details, cause: error })
}

/** What one of our own transports or wallets threw, under whatever viem wrapped around it. */
function typedIn(error: unknown): SubrosaError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof SubrosaError) return cause
  return null
}

/** HTTP's code for too many requests, which some nodes answer within JSON-RPC: more and smaller ones make it worse. */
const TOO_MANY_REQUESTS = 429

/**
 * Whether the node refused this much, and may answer for less. Each node has its own words and codes for that, so
 * anything it answered counts, and so does giving up on it; not a node that is not there, and not one that speaks no
 * JSON-RPC.
 */
export function mayAnswerLess(error: SubrosaError): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TimeoutError || cause instanceof ResponseBodyTooLargeError) return true
    if (cause instanceof RpcRequestError) return ![cause.code, cause.status].includes(TOO_MANY_REQUESTS)
    if (cause instanceof HttpRequestError) return cause.status !== undefined && cause.status !== TOO_MANY_REQUESTS
  }
  return false
}

/** JSON-RPC's code for a method that the node does not have, and Ethereum's (EIP-1474) for one it does not support. */
const UNKNOWN_METHOD = [-32601, -32004]

/** Whether the node does not serve what it was asked for, whatever the parameters. */
export function isUnknownMethod(error: SubrosaError): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RpcRequestError) return UNKNOWN_METHOD.includes(cause.code)
  }
  return false
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
