import { BaseError, UserRejectedRequestError, WaitForTransactionReceiptTimeoutError } from 'viem'
import { toChainError } from '../../lib/chain/evm/rpcError'
import { ERRORS, SubrosaError, type ErrorCode } from '../../lib/protocol/errors'
import type { ErrorText } from '../../lib/protocol/errorTexts/errorText'

/** An error as a person needs it: what happened, what it means for the money, what to do. `detail` is for experts. */
export type Problem = ErrorText & { code: ErrorCode; detail?: string | undefined }

/** What wagmi says where the wallet changed its account or chain in the middle of a job. */
const WALLET_MOVED: Record<string, ErrorCode> = {
  ConnectorAccountNotFoundError: 'WRONG_ACCOUNT',
  ConnectorNotConnectedError: 'WRONG_ACCOUNT',
  ConnectorChainMismatchError: 'WRONG_CHAIN',
}

/** A listed error as a problem. */
export function problemOf(code: ErrorCode, detail?: string): Problem {
  return { code, ...ERRORS[code], detail }
}

/**
 * Translates whatever was thrown on the way to the chain. PROTOCOL.md section 12.
 * The contract's own error is preferred to what the wallet or node made of it.
 */
export function explain(error: unknown): Problem {
  if (error instanceof SubrosaError) return problemOf(error.code, error.details)
  if (isDeclined(error)) return problemOf('USER_REJECTED')
  const moved = error instanceof Error ? WALLET_MOVED[error.name] : undefined
  if (moved) return problemOf(moved)
  if (error instanceof WaitForTransactionReceiptTimeoutError) {
    return problemOf('RPC_UNAVAILABLE', 'The transaction was sent, but no block has included it for three minutes.')
  }
  if (error instanceof BaseError) {
    const { code, details } = toChainError(error)
    return problemOf(code, details)
  }
  return problemOf('INTERNAL', error instanceof Error ? error.message : undefined)
}

function isDeclined(error: unknown): boolean {
  if (error instanceof BaseError) return error.walk((cause) => cause instanceof UserRejectedRequestError) !== null
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 4001
}
