import type { HDAccount } from 'viem/accounts'
import { localAccount } from '../../../lib/dev/accounts'

/**
 * Who of the demo wallet's ten people plays in which file. In the auction room nobody plays in two: files come one after
 * the other to a stack that they share, and meet what others left there, such as money paid out and not withdrawn.
 */
export const DEMO_PEOPLE = {
  /** The first, whom the demo wallet begins with. */
  keyboard: [0],
  app: [1, 2, 3, 4],
  attestation: [5],
  outages: [6, 7, 8],
  states: [9],
  /** The book has a room of its own, and keeps its money apart. */
  book: [1, 2, 3, 4],
} as const

/** How many accounts of the local chain each file has besides, to announce as browser wallets or to send from by itself. */
const STRANGERS = { failures: 9, wallet: 4, receipts: 3, collect: 2, outages: 3, auditBatch: 2, amounts: 1 } as const
/** Before it are those of the deployment, of the seed and of the demo wallet. */
const FIRST_STRANGER = 20

/**
 * One of the accounts that this file alone uses, from 0. The local node has its key as well.
 * @throws RangeError where the file has not so many.
 */
export function strangerOf(file: keyof typeof STRANGERS, position: number): HDAccount {
  if (position >= STRANGERS[file]) throw new RangeError(`${file} has no more than ${STRANGERS[file]} accounts`)
  const files = Object.keys(STRANGERS) as (keyof typeof STRANGERS)[]
  const before = files.slice(0, files.indexOf(file)).reduce((sum, each) => sum + STRANGERS[each], FIRST_STRANGER)
  return localAccount(before + position)
}
