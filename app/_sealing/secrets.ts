import { recoverTypedDataAddress, type Address, type Hex, type WalletClient } from 'viem'
import { bidSecretTypedData, secretFromSignature } from '../../lib/protocol/sealing/secret'
import { equalBytes, randomBytes } from '../_format/bytes'
import { sameHex } from '../_format/hex'
import type { SealPlace } from './receiptStore'

/** `reproducible`: the wallet gives the same secret again, so the chain alone is backup enough. */
export type ObtainedSecret = { secret: Uint8Array; reproducible: boolean }

// In memory only, for as long as the page lives: one signature serves showing, replacing and bidding again.
const known = new Map<string, Uint8Array>()

/** The wallet's secret for this auction, if this page has already asked for it. */
export function knownSecret(place: SealPlace): Uint8Array | undefined {
  return known.get(keyOf(place))
}

/**
 * Asks the wallet twice for the signature that makes this auction's secret. PROTOCOL.md section 4: only where both
 * agree and recover to the trader does the wallet's secret serve; otherwise a random one, and the receipt is all.
 * @throws what the wallet throws where the person declines.
 */
export async function obtainSecret(wallet: WalletClient, place: SealPlace): Promise<ObtainedSecret> {
  const before = knownSecret(place)
  if (before) return { secret: before, reproducible: true }
  const first = await signedSecret(wallet, place)
  const second = first && (await signedSecret(wallet, place))
  if (!first || !second || !equalBytes(first, second)) return { secret: randomBytes(32), reproducible: false }
  known.set(keyOf(place), first)
  return { secret: first, reproducible: true }
}

/**
 * Asks the wallet once, to read bids that were sealed before.
 * @returns null where the signature is not this account's own.
 */
export async function signedSecret(wallet: WalletClient, place: SealPlace): Promise<Uint8Array | null> {
  const { chainId, contract, account, id } = place
  const typedData = bidSecretTypedData({ chainId: BigInt(chainId), contract, id })
  const signature = await wallet.signTypedData({ account: wallet.account ?? account, ...typedData })
  if (!(await isSignedBy(account, typedData, signature))) return null
  return secretFromSignature(signature)
}

/** Keeps a secret that has just opened a bid, so that the wallet need not be asked again. */
export function rememberSecret(place: SealPlace, secret: Uint8Array): void {
  known.set(keyOf(place), secret)
}

async function isSignedBy(account: Address, typedData: ReturnType<typeof bidSecretTypedData>, signature: Hex) {
  try {
    return sameHex(await recoverTypedDataAddress({ ...typedData, signature }), account)
  } catch {
    // A contract wallet's signature is no ECDSA signature at all.
    return false
  }
}

function keyOf({ chainId, contract, account, id }: SealPlace): string {
  return `${chainId}:${contract}:${account}:${id}`.toLowerCase()
}
