import type { ServerResponse } from 'node:http'
import { ZodError } from 'zod'
import { ERRORS, SubrosaError, type ErrorCode } from '../../protocol/errors'
import { sendJson } from './body'

/** 409: ask again later, or never again. 422: this enclave will not. 429, 503: ask again later, as it has much to do, or
 * the nodes behind it are at fault. */
const STATUS_OF: Partial<Record<ErrorCode, number>> = {
  INVALID_REQUEST: 400,
  NOT_FOUND: 404,
  CLOSE_NOT_FINAL: 409,
  BATCH_END_NOT_FINAL: 409,
  BATCH_NOT_NEXT: 409,
  AUCTION_NOT_OPEN: 409,
  SETTLEMENT_TOO_LATE: 422,
  KEY_UNAVAILABLE: 422,
  SIGNER_BARRED: 422,
  HISTORY_MISMATCH: 422,
  UNSUPPORTED_PARAMETER: 422,
  WRONG_CHAIN: 422,
  RATE_LIMITED: 429,
  RPC_UNAVAILABLE: 503,
  ENDPOINTS_DISAGREE: 503,
  ENCLAVE_BUSY: 503,
}

/** Where the common text is about somebody else's software. */
const TEXT_OF: Partial<Record<ErrorCode, string>> = {
  WRONG_CHAIN: 'This enclave serves another chain or another registry.',
}

/** What went wrong, as one of our codes; anything unforeseen is INTERNAL. */
export function errorCodeOf(error: unknown): ErrorCode {
  if (error instanceof ZodError) return 'INVALID_REQUEST'
  return error instanceof SubrosaError && STATUS_OF[error.code] !== undefined ? error.code : 'INTERNAL'
}

/**
 * Answers with a code and its fixed text. Details stay in the log: what is said about an auction before its close is
 * final must be the same for every auction.
 */
export function sendError(response: ServerResponse, error: unknown): void {
  const code = errorCodeOf(error)
  const status = STATUS_OF[code] ?? 500
  if (status === 429) response.setHeader('retry-after', '1')
  sendJson(response, status, { error: { code, message: TEXT_OF[code] ?? ERRORS[code].what } })
}
