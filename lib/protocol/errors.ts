import { ACCOUNT_ERRORS } from './errorTexts/accountErrors'
import { BID_ERRORS } from './errorTexts/bidErrors'
import { BOOK_ERRORS } from './errorTexts/bookErrors'
import { SERVICE_ERRORS } from './errorTexts/serviceErrors'

/** Every error of the project, in one list. PROTOCOL.md section 12. */
export const ERRORS = { ...BID_ERRORS, ...BOOK_ERRORS, ...ACCOUNT_ERRORS, ...SERVICE_ERRORS }

export type ErrorCode = keyof typeof ERRORS

/**
 * A typed error: a code of `ERRORS`, the field at fault and what the developer should know.
 * Verifiers do not throw it for bad input from others; they return a verdict.
 */
export class SubrosaError extends Error {
  override readonly name = 'SubrosaError'
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly details: string | undefined

  constructor(code: ErrorCode, options: { field?: string; details?: string; cause?: unknown } = {}) {
    const { field, details, cause } = options
    const subject = field === undefined ? '' : `${field}: `
    super(`${subject}${details ?? ERRORS[code].what}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.field = field
    this.details = details
  }
}
