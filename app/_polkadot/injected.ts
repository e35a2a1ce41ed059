import { z } from 'zod'
import type { WalletSigner } from '../../lib/chain/substrate/sendSigned'
import { SubrosaError } from '../../lib/protocol/errors'
import type { KeyKind } from '../../lib/protocol/polkadot/bidSecret'
import { decodeSs58 } from '../../lib/protocol/polkadot/ss58'

/** An account that a Polkadot wallet lets this page see. `kind` is null where the wallet does not say. */
export type PolkadotAccount = { address: string; accountId: Uint8Array; name: string | undefined; kind: KeyKind | null }

/** A wallet that let this page in. */
export type PolkadotWallet = { id: string; name: string; accounts: readonly PolkadotAccount[]; signer: WalletSigner }

type Injected = { accounts: { get: () => Promise<unknown> }; signer: WalletSigner }

declare global {
  interface Window {
    /** Where wallets of Polkadot's kind put themselves, under names of their own. */
    injectedWeb3?: Record<string, { enable?: (origin: string) => Promise<Injected>; version?: string }>
  }
}

/** What people call the wallets that they know by other names. */
const NAMES: Record<string, string> = {
  'polkadot-js': 'Polkadot.js',
  talisman: 'Talisman',
  'subwallet-js': 'SubWallet',
}
const LONGEST_NAME = 40
const ORIGIN = 'Subrosa'

const accountSchema = z.object({
  address: z.string(),
  name: z.string().optional().catch(undefined),
  type: z.enum(['sr25519', 'ed25519', 'ecdsa', 'ethereum']).nullable().catch(null),
})

/** The Polkadot wallets of this browser, by the names they have there. */
export function listInjected(): { id: string; name: string }[] {
  return Object.entries(window.injectedWeb3 ?? {})
    .filter(([id, wallet]) => id.trim() !== '' && typeof wallet.enable === 'function')
    .map(([id]) => ({ id, name: nameOfInjected(id) }))
}

/** What people call a wallet. */
export function nameOfInjected(id: string): string {
  return NAMES[id] ?? id.trim().slice(0, LONGEST_NAME)
}

/** Whether this browser has the wallet. */
export function isInjected(id: string): boolean {
  return listInjected().some((each) => each.id === id)
}

/**
 * Asks a wallet to let this page see its accounts.
 *
 * @throws SubrosaError USER_REJECTED where the person says no, or has no account to show.
 */
export async function enableInjected(id: string): Promise<PolkadotWallet> {
  const enable = window.injectedWeb3?.[id]?.enable
  if (!enable) throw new SubrosaError('NOT_FOUND', { details: `no wallet is called ${id}` })
  const wallet = await declinable(() => enable(ORIGIN))
  const accounts = readAccounts(await wallet.accounts.get())
  if (accounts.length === 0) throw new SubrosaError('USER_REJECTED', { details: 'the wallet shows no account here' })
  return { id, name: nameOfInjected(id), accounts, signer: wallet.signer }
}

/** Wallets differ, and may say anything: what is no Substrate account is passed over. */
export function readAccounts(said: unknown): PolkadotAccount[] {
  if (!Array.isArray(said)) return []
  return said.flatMap((each): PolkadotAccount[] => {
    const parsed = accountSchema.safeParse(each)
    const decoded = parsed.success ? decodeSs58(parsed.data.address) : null
    if (!parsed.success || !decoded) return []
    const { address, name, type } = parsed.data
    return [{ address, accountId: decoded.accountId, name: name?.trim().slice(0, LONGEST_NAME), kind: type }]
  })
}

/**
 * Asks the wallet to sign a text, which it wraps in `<Bytes>`, so that it can be no transaction.
 *
 * @throws SubrosaError USER_REJECTED
 */
export async function signText(wallet: PolkadotWallet, address: string, text: string): Promise<`0x${string}`> {
  const { signRaw } = wallet.signer
  if (!signRaw) throw new SubrosaError('USER_REJECTED', { details: 'this wallet does not sign texts' })
  const data = `0x${Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
  return (await declinable(() => signRaw({ address, data, type: 'bytes' }))).signature
}

/** Wallets have no code for a refusal: they throw one sentence or another, some before they return anything. */
async function declinable<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    const details = cause instanceof Error ? cause.message : String(cause)
    throw new SubrosaError('USER_REJECTED', { details, cause })
  }
}
