import type { ApiPromise } from '@polkadot/api'
import type { DispatchError } from '@polkadot/types/interfaces'
import { SubrosaError } from '../../protocol/errors'
import { CallRefused } from '../errors'

/** Turns what a Hub node answered, or its silence, into a typed error. */
export function toHubError(error: unknown): SubrosaError {
  if (error instanceof SubrosaError) return error
  const details = error instanceof Error ? error.message : String(error)
  if (/inability to pay|balance too low|insufficient (funds|balance)|"payment"/i.test(details)) {
    return new SubrosaError('INSUFFICIENT_BALANCE', { details, cause: error })
  }
  return new SubrosaError('RPC_UNAVAILABLE', { details, cause: error })
}

/** The pallets' errors that mean a lack of money, as the runtime's metadata names them. */
const LACKS_MONEY = /^(FundsUnavailable|TransferFailed|StorageDepositNotEnoughFunds|InsufficientBalance)$/

/** A runtime's refusal of a call, in the pallet's own words: the contract never ran, or was stopped from outside. */
export function toDispatchError(api: ApiPromise, error: unknown, method: string): CallRefused {
  const { name, text } = nameDispatchError(api, error)
  const details = `${method} is refused: ${text}`
  const code = LACKS_MONEY.test(name) ? 'INSUFFICIENT_BALANCE' : 'TRANSACTION_REVERTED'
  return new CallRefused(new SubrosaError(code, { details }))
}

/** @param error A `DispatchError`, in its JSON form. */
export function nameDispatchError(api: ApiPromise, error: unknown): { name: string; text: string } {
  const decoded = api.registry.createType<DispatchError>('DispatchError', error)
  if (decoded.isModule) {
    const { section, name } = api.registry.findMetaError(decoded.asModule)
    return { name, text: `${section}.${name}` }
  }
  const name = decoded.isToken ? decoded.asToken.type : decoded.type
  return { name, text: `${decoded.type}${decoded.isToken ? `.${name}` : ''}` }
}
