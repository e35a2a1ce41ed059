import type { ApiPromise } from '@polkadot/api'
import { SubrosaError } from '../../protocol/errors'
import { isEthereumAccount, mappedAddress } from '../../protocol/polkadot/mappedAddress'
import { asked, connectSubstrate } from './connect'
import { sendSigned, type WalletSigner } from './sendSigned'

/** Whether contracts on a chain can be called from an account. `no-contracts`: the chain has no pallet-revive. */
export type Mapping = 'mapped' | 'missing' | 'no-contracts'

/** Asks a chain about an account (32 bytes). @throws SubrosaError RPC_UNAVAILABLE */
export function readMapping(url: string, accountId: Uint8Array): Promise<Mapping> {
  return withApi(url, (api) => mappingOf(api, accountId))
}

/** The same over a connection that is there. */
export async function mappingOf(api: Pick<ApiPromise, 'query'>, accountId: Uint8Array): Promise<Mapping> {
  const original = api.query['revive']?.['originalAccount']
  if (!original) return 'no-contracts'
  if (isEthereumAccount(accountId)) return 'mapped'
  const known = (await asked(() => original(mappedAddress(accountId)))) as unknown as { isSome: boolean }
  return known.isSome ? 'mapped' : 'missing'
}

/**
 * Maps an account, by a transaction that its wallet signs, and waits until that is final.
 *
 * @throws SubrosaError as `sendSigned`; NOT_FOUND where the chain has no contracts.
 */
export function mapAccount(url: string, by: { address: string; signer: WalletSigner }): Promise<void> {
  return withApi(url, async (api) => {
    const map = api.tx['revive']?.['mapAccount']
    if (!map) throw new SubrosaError('NOT_FOUND', { details: 'this chain runs no contracts' })
    await sendSigned(api, map(), by)
  })
}

async function withApi<T>(url: string, work: (api: ApiPromise) => Promise<T>): Promise<T> {
  const api = await connectSubstrate(url)
  return work(api).finally(() => api.disconnect())
}
