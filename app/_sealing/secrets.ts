import { recoverTypedDataAddress, type Address, type Hex, type WalletClient } from 'viem'
import { orderSecretTypedData } from '../../lib/protocol/book/orderSecret'
import { bidSecretTypedData, secretFromSignature } from '../../lib/protocol/sealing/secret'
import { actorOf } from '../_polkadot/actor'
import { polkadotSecret } from '../_polkadot/polkadotSecret'
import { equalBytes, randomBytes } from '../_format/bytes'
import { sameHex } from '../_format/hex'
import type { SealPlace } from './receiptStore'

/** `reproducible`: the wallet gives the same secret again, so the chain alone is backup enough. */
export type ObtainedSecret = { secret: Uint8Array; reproducible: boolean }

// In memory only, for as long as the page lives: one signature serves showing, replacing and sealing again.
const known = new Map<string, Uint8Array>()

/** The wallet's secret for this auction or market, if this page has already asked for it. */
export function knownSecret(place: SealPlace): Uint8Array | undefined {
  return known.get(keyOf(place))
}

/**
 * Asks the wallet twice for the signature that makes this auction's or market's secret. PROTOCOL.md section 4: only where both
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
 * Asks the wallet once, to read what was sealed before.
 * @returns null where the signature is not this account's own, or its key signs differently each time.
 */
export async function signedSecret(wallet: WalletClient, place: SealPlace): Promise<Uint8Array | null> {
  const { chainId, contract, account, id } = place
  const actor = actorOf(account)
  if (actor) return polkadotSecret(actor, place)
  const where = { chainId: BigInt(chainId), contract, id }
  const signer = wallet.account ?? account
  if (place.room === 'book') {
    const typed = orderSecretTypedData(where)
    const signature = await wallet.signTypedData({ account: signer, ...typed })
    return secretIfOwn(account, signature, () => recoverTypedDataAddress({ ...typed, signature }))
  }
  const typed = bidSecretTypedData(where)
  const signature = await wallet.signTypedData({ account: signer, ...typed })
  return secretIfOwn(account, signature, () => recoverTypedDataAddress({ ...typed, signature }))
}

/** Keeps a secret that has just opened something, so that the wallet need not be asked again. */
export function rememberSecret(place: SealPlace, secret: Uint8Array): void {
  known.set(keyOf(place), secret)
}

async function secretIfOwn(
  account: Address,
  signature: Hex,
  recover: () => Promise<Address>,
): Promise<Uint8Array | null> {
  // A contract wallet's signature is no ECDSA signature at all.
  const signer = await recover().catch(() => undefined)
  return sameHex(signer, account) ? secretFromSignature(signature) : null
}

function keyOf({ chainId, contract, account, id }: SealPlace): string {
  return `${chainId}:${contract}:${account}:${id}`.toLowerCase()
}
