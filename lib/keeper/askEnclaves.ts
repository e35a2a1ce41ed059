import type { Hex } from 'viem'
import { SubrosaError } from '../protocol/errors'
import { requestSettlement, type EnclaveAnswer } from './enclaveClient'

/**
 * Asks one enclave after the other, until one settles the auction: they hold the same keys, or the same auction's.
 *
 * @throws SubrosaError a refusal if one was given, since it says more than silence does.
 */
export async function askEnclaves(urls: readonly string[], id: Hex): Promise<EnclaveAnswer> {
  const failures: SubrosaError[] = []
  for (const url of urls) {
    try {
      return await requestSettlement(url, id)
    } catch (error) {
      if (!(error instanceof SubrosaError)) throw error
      failures.push(error)
    }
  }
  throw (
    failures.find(({ code }) => code !== 'INTERNAL') ??
    failures[0] ??
    new SubrosaError('INTERNAL', { details: 'no enclave is named' })
  )
}
