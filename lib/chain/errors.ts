import type { Address } from 'viem'
import { SubrosaError } from '../protocol/errors'
import { revertCodeOf } from './revertCodes'

/**
 * A contract refused. `errorName` is the Solidity error, for instance `AuctionClosed`; `code` what it means to a
 * person. An error that no known contract declares keeps its selector as name.
 */
export class ContractRevert extends SubrosaError {
  constructor(
    readonly errorName: string,
    readonly args: readonly unknown[],
    call: { to?: Address; method?: string },
    options?: { cause?: unknown },
  ) {
    const details = `${call.method ?? 'call'} reverted: ${errorName}(${args.map(String).join(', ')})`
    super(revertCodeOf(errorName), { details, cause: options?.cause })
  }
}

/** Whether `error` is a contract's refusal with one of these Solidity errors. */
export function isRevert(error: unknown, ...errorNames: string[]): error is ContractRevert {
  return error instanceof ContractRevert && errorNames.includes(error.errorName)
}
