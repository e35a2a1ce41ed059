import type { ApiPromise } from '@polkadot/api'
import type { Signer, SubmittableExtrinsic } from '@polkadot/api/types'
import type { Hash, Hex } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import { connectSubstrate } from './connect'

/** How long a transaction may take to be final. */
const FINAL_MS = 180_000

export type SentStage = 'signing' | 'sent' | 'included'

/** What signs for a wallet of Polkadot's kind. */
export type WalletSigner = Signer

type By = { address: string; signer: WalletSigner }

/**
 * Has a wallet sign a transaction, sends it, and follows it until it is final.
 *
 * @returns The block that holds it.
 * @throws SubrosaError USER_REJECTED; INSUFFICIENT_BALANCE; TRANSACTION_REVERTED with the pallet's own error;
 * RPC_UNAVAILABLE, also where it is not final in three minutes, which says nothing about what becomes of it.
 */
export async function sendSigned(
  api: ApiPromise,
  extrinsic: SubmittableExtrinsic<'promise'>,
  { address, signer }: By,
  onStage: (stage: SentStage) => void = () => undefined,
): Promise<Hash> {
  onStage('signing')
  const signed = await extrinsic.signAsync(address, { signer }).catch((cause: unknown) => {
    throw new SubrosaError('USER_REJECTED', { details: reasonOf(cause), cause })
  })
  return new Promise<Hash>((resolve, reject) => {
    let leave: (() => void) | undefined
    const end = (finish: () => void) => {
      clearTimeout(timer)
      leave?.()
      finish()
    }
    const fail = (error: SubrosaError) => end(() => reject(error))
    const timer = setTimeout(() => {
      fail(new SubrosaError('RPC_UNAVAILABLE', { details: 'sent, but not final within three minutes' }))
    }, FINAL_MS)
    onStage('sent')
    signed
      .send(({ status, dispatchError, isError }) => {
        if (status.isInBlock) onStage('included')
        if (isError) fail(new SubrosaError('TRANSACTION_REVERTED', { details: `the chain dropped it: ${status.type}` }))
        else if (status.isFinalized && dispatchError) {
          fail(new SubrosaError('TRANSACTION_REVERTED', { details: palletError(api, dispatchError) }))
        } else if (status.isFinalized) end(() => resolve(status.asFinalized.toHex()))
      })
      .then((unsubscribe) => (leave = unsubscribe))
      .catch((cause: unknown) => fail(toPoolRefusal(cause)))
  })
}

/** Writes bytes to a chain as a remark that its wallet signs. @throws SubrosaError as `sendSigned`. */
export async function writeRemark(
  url: string,
  bytes: Hex,
  by: By,
  onStage?: (stage: SentStage) => void,
): Promise<Hash> {
  const api = await connectSubstrate(url)
  try {
    const remark = api.tx['system']?.['remarkWithEvent']
    if (!remark) throw new SubrosaError('NOT_FOUND', { details: 'this chain takes no remarks' })
    return await sendSigned(api, remark(bytes), by, onStage)
  } finally {
    await api.disconnect()
  }
}

type DispatchErrorLike = { isModule: boolean; asModule: unknown; toString: () => string }

function palletError(api: ApiPromise, error: DispatchErrorLike): string {
  if (!error.isModule) return error.toString()
  const { section, name } = api.registry.findMetaError(error.asModule as never)
  return `${section}.${name}`
}

/** What a node says to a transaction that it does not take: 1010 with the reason in words. */
export function toPoolRefusal(cause: unknown): SubrosaError {
  const details = reasonOf(cause)
  if (/payment|balance too low|pay some fees/i.test(details))
    return new SubrosaError('INSUFFICIENT_BALANCE', { details, cause })
  if (/^10\d\d:|invalid/i.test(details)) return new SubrosaError('TRANSACTION_REVERTED', { details, cause })
  return new SubrosaError('RPC_UNAVAILABLE', { details, cause })
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
