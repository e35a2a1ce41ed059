import type { Address } from 'viem'
import { SubrosaError } from '../protocol/errors'
import { revertCodeOf } from './revertCodes'

/**
 * A contract refused. `errorName` is the Solidity error, for instance `AuctionClosed`; `code` what it means to a
 * person. An error that no known contract declares keeps its selector as name.
 */
export class ContractRevert extends SubrosaError {
  /** Whether it did so in a block, where its sender paid for the gas, and not in a dry run. */
  readonly mined: boolean

  constructor(
    readonly errorName: string,
    readonly args: readonly unknown[],
    call: { to?: Address; method?: string },
    options: { cause?: unknown; mined?: boolean } = {},
  ) {
    const details = `${call.method ?? 'call'} reverted: ${errorName}(${args.map(String).join(', ')})`
    super(revertCodeOf(errorName), { details, cause: options.cause })
    this.mined = options.mined ?? false
  }
}

/** A node did not answer for logs, where it might for fewer blocks: too many of either, or too slow. */
export class LogsRefused extends SubrosaError {
  constructor(refusal: SubrosaError) {
    super(refusal.code, { details: refusal.details, cause: refusal.cause })
  }
}

/**
 * A node answered a call, and not with what the contract gives or reverts with: it keeps the node too busy, or the
 * runtime stopped it. Another call may succeed; a node that is away is something else.
 */
export class CallRefused extends SubrosaError {
  constructor(refusal: SubrosaError) {
    super(refusal.code, { details: refusal.details, cause: refusal.cause })
  }
}

/** Whether `error` is a contract's refusal with one of these Solidity errors. */
export function isRevert(error: unknown, ...errorNames: string[]): error is ContractRevert {
  return error instanceof ContractRevert && errorNames.includes(error.errorName)
}
