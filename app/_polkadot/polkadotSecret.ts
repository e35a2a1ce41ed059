import type { Address } from 'viem'
import {
  bidSecretText,
  orderSecretText,
  secretFromPolkadotSignature,
  secretSource,
  SECRET_REASON,
} from '../../lib/protocol/polkadot/bidSecret'
import type { SealPlace } from '../_sealing/receiptStore'
import { actorOf } from './actor'
import { signText } from './injected'
import type { PolkadotState } from './polkadotStore'

/** Of an account whose wallet does not say what its key is: what works with every kind. */
const UNKNOWN_KIND =
  'The wallet does not say what kind of key this account has, so your bid’s secret is random and lies in a receipt: keep the ' +
  'file, as nothing else can show you the bid again.'

/** Why an account's bids need a receipt, in words for its owner; null where its wallet can read them again. */
export function receiptReason(account: Address): string | null {
  const actor = actorOf(account)
  if (!actor) return null
  const { kind } = actor.account
  if (kind === null) return UNKNOWN_KIND
  return secretSource(kind) === 'receipt' ? SECRET_REASON[kind] : null
}

/**
 * Asks a Polkadot wallet once for the signature that makes this auction's or market's secret. PROTOCOL.md section 4.
 *
 * @returns null where its key signs differently each time, or the signature is not this account's.
 * @throws SubrosaError USER_REJECTED
 */
export async function polkadotSecret(
  { wallet, account }: NonNullable<PolkadotState>,
  { room, chainId, contract, id }: SealPlace,
): Promise<Uint8Array | null> {
  const { kind, address } = account
  if (kind === null || secretSource(kind) === 'receipt') return null
  const where = { chainId: BigInt(chainId), contract, id }
  const text = room === 'book' ? orderSecretText(where) : bidSecretText(where)
  const signature = await signText(wallet, address, text)
  const { verifyText } = await import('../../lib/chain/substrate/verifyText')
  try {
    return verifyText(text, signature, address).isValid ? secretFromPolkadotSignature(kind, signature) : null
  } catch {
    return null
  }
}
