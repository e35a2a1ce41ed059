import { SubrosaError } from '../../lib/protocol/errors'
import type { Address } from 'viem'

/**
 * Does something while no other page of this browser does the like for the same account: two tabs cannot send twice.
 * Where the browser has no locks (plain http on another machine), one page still sends one job at a time.
 * @throws SubrosaError ANOTHER_TAB where another page is at it.
 */
export async function withSendLock<T>(chainId: number, account: Address, work: () => Promise<T>): Promise<T> {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return work()
  return navigator.locks.request(
    `subrosa.send.${chainId}.${account.toLowerCase()}`,
    { ifAvailable: true },
    async (lock) => {
      if (!lock) throw new SubrosaError('ANOTHER_TAB')
      return work()
    },
  )
}
