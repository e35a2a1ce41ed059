import type { HDAccount } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'

// Anvil prints this phrase on every start: it is public, holds nothing anywhere else, and must never be used elsewhere.
const PUBLIC_TEST_MNEMONIC = 'test test test test test test test test test test test junk'
const FIRST_INDEX = 10

/** How many people the demo wallet can play: anvil's accounts 10 to 19. */
export const DEMO_ACCOUNT_COUNT = 10

/**
 * One of the demo wallet's accounts.
 * @param position 0 to 9.
 */
export function demoAccount(position: number): HDAccount {
  if (!Number.isInteger(position) || position < 0 || position >= DEMO_ACCOUNT_COUNT) {
    throw new RangeError(`demo account ${position} is not one of 0 to ${DEMO_ACCOUNT_COUNT - 1}`)
  }
  return mnemonicToAccount(PUBLIC_TEST_MNEMONIC, { addressIndex: FIRST_INDEX + position })
}
