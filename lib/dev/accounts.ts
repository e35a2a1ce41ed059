import { toHex } from 'viem'
import { mnemonicToAccount, type HDAccount } from 'viem/accounts'

/** Anvil's well-known test words: everybody has these keys, so they are worth nothing off a local chain. */
export const LOCAL_MNEMONIC = 'test test test test test test test test test test test junk'

/** Which of the local chain's accounts does what. 10 to 19 are the browser's demo wallet. */
export const ACCOUNT = {
  deployer: 0,
  enclaveOperator: 1,
  keeper: 2,
  seller: 3,
  firstBidder: 4,
  lastBidder: 9,
  firstBot: 20,
  /** The last that the local node knows. */
  lostEnclaveOperator: 49,
} as const

export function localAccount(index: number): HDAccount {
  return mnemonicToAccount(LOCAL_MNEMONIC, { addressIndex: index })
}

export function localPrivateKey(index: number): `0x${string}` {
  const key = localAccount(index).getHdKey().privateKey
  if (!key) throw new Error(`Account ${index} has no private key.`)
  return toHex(key)
}

/** Seed of the local keeper's account on the Substrate chain: as public as all local keys. */
export const LOCAL_ANCHOR_SEED = localPrivateKey(ACCOUNT.keeper)
