import { SubrosaError } from '../protocol/errors'

/**
 * Asks one enclave after the other, until one gives what is wanted: they hold the same keys, or the same auction's or
 * batch's.
 *
 * @param ask Asks one. @throws SubrosaError a refusal if one was given, since it says more than silence does.
 */
export async function askEnclaves<T>(urls: readonly string[], ask: (url: string) => Promise<T>): Promise<T> {
  const failures: SubrosaError[] = []
  for (const url of urls) {
    try {
      return await ask(url)
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
