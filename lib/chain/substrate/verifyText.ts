import { u8aToU8a, u8aWrapBytes } from '@polkadot/util'
import { signatureVerify } from '@polkadot/util-crypto'
import type { Hex } from 'viem'

/**
 * Checks a wallet's signature of a text, which wallets wrap in `<Bytes>`, so that nobody can have a transaction signed as one.
 *
 * @param address Of the account, in SS58.
 * @throws what `@polkadot/util-crypto` throws for what is no signature at all.
 */
export function verifyText(text: string, signature: Hex, address: string): { isValid: boolean; crypto: string } {
  return signatureVerify(u8aWrapBytes(u8aToU8a(text)), signature, address)
}
