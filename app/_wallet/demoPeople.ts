import { sameHex } from '../_format/hex'
import { DEMO_ACCOUNT_COUNT, demoAccount } from './demoAccounts'

/** What the demo wallet calls its accounts. */
export function demoName(position: number): string {
  return `Demo person ${position + 1}`
}

let addresses: string[] | undefined

/** Which of the demo wallet's people an address is; undefined for anyone else's. */
export function positionOf(address: string | undefined): number | undefined {
  addresses ??= Array.from({ length: DEMO_ACCOUNT_COUNT }, (_, position) => demoAccount(position).address)
  const position = addresses.findIndex((candidate) => sameHex(candidate, address))
  return position === -1 ? undefined : position
}
