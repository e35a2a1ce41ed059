import type { ApiPromise } from '@polkadot/api'
import type { Signer } from '@polkadot/api/types'
import type { Address, Hash } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import type { ContractCall } from '../connection'
import { createQueue } from '../queue'
import { mappingOf } from '../substrate/mapping'
import { sendSigned, toPoolRefusal } from '../substrate/sendSigned'
import { mappedAddress } from '../../protocol/polkadot/mappedAddress'
import { hubAnswer, type HubNode } from './api'
import { toExtrinsic } from './batchCalls'
import { requirePart } from './dryRun'
import { hubHash } from './schemas'

export type HubWalletOptions = {
  node: HubNode
  /** The account as its wallet writes it, and its 32 bytes. */
  account: { address: string; accountId: Uint8Array }
  /** What asks its owner: an extension's signer. */
  signer: Signer
  /** The chain that it signs for; without it, whichever the node says it is. */
  genesisHash?: Hash | undefined
}

/** A Polkadot account whose key is elsewhere, in its owner's wallet. `address` is the one that contracts know it by. */
export type HubWallet = {
  readonly address: Address
  /** Whether contracts may be called from it. */
  isMapped(): Promise<boolean>
  /** Maps it, once, for a deposit, and waits until that is final. @throws SubrosaError as `sendSigned`. */
  map(): Promise<void>
  /** Whether several calls can be one transaction, all or none. */
  canBatch(): Promise<boolean>
  /**
   * Tries the calls, has the wallet sign one transaction of them, and hands it to the node. It is in no block yet.
   *
   * @throws ContractRevert, SubrosaError: WRONG_CHAIN; ACCOUNT_NOT_MAPPED; USER_REJECTED; INSUFFICIENT_BALANCE;
   * TRANSACTION_REVERTED with the pallet's word; RPC_UNAVAILABLE.
   */
  send(calls: readonly ContractCall[]): Promise<Hash>
}

export function openHubWallet({ node, account, signer, genesisHash }: HubWalletOptions): HubWallet {
  const { address: writes, accountId } = account
  // One after the other: two that are signed at once would have the same nonce.
  const inOrder = createQueue()

  async function open(): Promise<ApiPromise> {
    const api = await node.open()
    const own = api.genesisHash.toHex()
    if (genesisHash !== undefined && own !== genesisHash.toLowerCase()) {
      throw new SubrosaError('WRONG_CHAIN', { details: `the node’s chain begins with ${own}, not ${genesisHash}` })
    }
    return api
  }

  return {
    address: mappedAddress(accountId),
    isMapped: () => hubAnswer(async () => (await mappingOf(await open(), accountId)) === 'mapped'),
    map: () =>
      inOrder(async () => {
        const api = await hubAnswer(open)
        const extrinsic = requirePart(api.tx.revive?.mapAccount, 'revive.mapAccount')()
        await sendSigned(api, extrinsic, { address: writes, signer })
      }),
    canBatch: () =>
      hubAnswer(async () => {
        const { tx, call } = await open()
        return tx.utility?.batchAll !== undefined && call.dryRunApi?.dryRunCall !== undefined
      }),
    send: (calls) =>
      inOrder(async () => {
        const api = await hubAnswer(open)
        if ((await mappingOf(api, accountId)) !== 'mapped') throw new SubrosaError('ACCOUNT_NOT_MAPPED')
        const signed = await hubAnswer(async () => {
          const extrinsic = await toExtrinsic(api, accountId, calls)
          const nonce = await api.rpc.system.accountNextIndex(accountId)
          return extrinsic.signAsync(writes, { nonce, signer: declinable(signer) })
        })
        await api.rpc.author.submitExtrinsic(signed).catch((cause: unknown) => {
          throw toPoolRefusal(cause)
        })
        return hubHash.parse(signed.hash.toHex())
      }),
  }
}

/** Wallets have no code for a refusal: whatever they throw is one. */
function declinable(signer: Signer): Signer {
  return {
    async signPayload(payload) {
      try {
        if (!signer.signPayload) throw new Error('this wallet signs no transactions')
        return await signer.signPayload(payload)
      } catch (cause) {
        const details = cause instanceof Error ? cause.message : String(cause)
        throw new SubrosaError('USER_REJECTED', { details, cause })
      }
    },
  }
}
