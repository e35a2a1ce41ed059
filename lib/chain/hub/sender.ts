import type { SubmittableExtrinsic } from '@polkadot/api/types'
import type { KeyringPair } from '@polkadot/keyring/types'
import type { Address, Hash, Hex } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import { mappedAddress } from '../../protocol/polkadot/mappedAddress'
import type { ContractCall, TransactionSender } from '../connection'
import type { Deployment } from '../deployment'
import { ContractRevert } from '../errors'
import { createQueue } from '../queue'
import { hubAnswer, type HubNode } from './api'
import { hubConnection } from './connection'
import { nativeToEthRatio } from './constants'
import { limitsOf, requirePart, type HubEstimate } from './dryRun'
import { estimateCall, estimateInstantiation, readGasPrice } from './estimate'
import { waitForInclusion } from './inclusion'
import { toPlancks } from './nativeValue'
import { toHubReceipt, type HubReceipt } from './receipt'

export type HubSenderOptions = {
  node: HubNode
  /** Where the contracts are whose events a receipt has; without it, a receipt has none. */
  deployment?: Pick<Deployment, 'contracts'>
  /** An sr25519, ed25519 or ecdsa account that signs here. */
  pair: KeyringPair
  /** How long `wait` waits, in milliseconds. */
  timeout?: number
}

/** Sends a Polkadot account's transactions. `address` is the one that contracts know it by. */
export interface HubSender extends TransactionSender {
  wait(hash: Hash): Promise<HubReceipt>
  execute(call: ContractCall): Promise<HubReceipt>
  /** Before it may call contracts: an account is mapped to its address once, for a deposit. */
  mapAccount(): Promise<HubReceipt>
  /** @param code Creation code with the constructor's arguments. */
  instantiate(code: Hex): Promise<{ address: Address; receipt: HubReceipt }>
}

type Extrinsic = SubmittableExtrinsic<'promise'>
type Sent = { fromBlock: bigint } & Pick<HubReceipt, 'storageDeposit'>

/** A Polkadot account over a Hub node, its transactions one after the other. */
export function openHubSender({ node, deployment, pair, timeout = 60_000 }: HubSenderOptions): HubSender {
  const account = pair.addressRaw
  const address = mappedAddress(account)
  const inOrder = createQueue()
  const sent = new Map<Hash, Sent>()

  /** Signs for the newest state and sends, with a fifth more than the dry run took. */
  async function submit(extrinsic: Extrinsic, storageDeposit: bigint | undefined): Promise<Hash> {
    const api = await node.open()
    const fromBlock = (await api.rpc.chain.getHeader()).number.toBigInt()
    const nonce = await api.rpc.system.accountNextIndex(account)
    const signed = await extrinsic.signAsync(pair, { nonce })
    const hash = signed.hash.toHex()
    sent.set(hash, { fromBlock, storageDeposit })
    await api.rpc.author.submitExtrinsic(signed)
    return hash
  }

  const prepared = (prepare: () => Promise<{ extrinsic: Extrinsic; estimate: HubEstimate | null }>) =>
    inOrder(() =>
      hubAnswer(async () => {
        const { extrinsic, estimate } = await prepare()
        return submit(extrinsic, estimate?.storageDeposit)
      }),
    )

  const send = (call: ContractCall) =>
    prepared(async () => {
      const api = await node.open()
      const estimate = await estimateCall(api, account, call)
      const { weight, storageDeposit } = limitsOf(estimate)
      const value = toPlancks(call.value, nativeToEthRatio(api))
      const method = requirePart(api.tx.revive?.call, 'revive.call')
      return { extrinsic: method(call.to, value, weight, storageDeposit, call.data), estimate }
    })

  async function wait(hash: Hash): Promise<HubReceipt> {
    const { fromBlock, storageDeposit } = sent.get(hash) ?? { fromBlock: 0n, storageDeposit: undefined }
    const found = await waitForInclusion(node, { hash, fromBlock }, timeout)
    sent.delete(hash)
    const api = await node.open()
    const rates = { ratio: nativeToEthRatio(api), gasPrice: await hubAnswer(() => readGasPrice(api)) }
    return toHubReceipt(found, hash, rates, { storageDeposit, deployment })
  }

  /** For what is no message to a contract: the pallet's word is all there is to say. */
  async function finish(hash: Hash, method: string): Promise<HubReceipt> {
    const receipt = await wait(hash)
    if (receipt.succeeded) return receipt
    throw new SubrosaError('TRANSACTION_REVERTED', { details: `${method} is refused: ${receipt.refusal}` })
  }

  return {
    address,
    send,
    wait,
    async execute(call) {
      const receipt = await wait(await send(call))
      if (!receipt.succeeded) throw await revertReason(node, address, call, receipt)
      return receipt
    },
    async mapAccount() {
      const hash = await prepared(async () => {
        const method = requirePart((await node.open()).tx.revive?.mapAccount, 'revive.mapAccount')
        return { extrinsic: method(), estimate: null }
      })
      return finish(hash, 'mapAccount')
    },
    async instantiate(code) {
      const hash = await prepared(async () => {
        const api = await node.open()
        const estimate = await estimateInstantiation(api, account, code)
        const { weight, storageDeposit } = limitsOf(estimate)
        const method = requirePart(api.tx.revive?.instantiateWithCode, 'revive.instantiateWithCode')
        return { extrinsic: method(0n, weight, storageDeposit, code, '0x', null), estimate }
      })
      const receipt = await finish(hash, 'instantiateWithCode')
      const [created] = receipt.created
      if (!created) throw new SubrosaError('TRANSACTION_REVERTED', { details: 'no contract was created' })
      return { address: created, receipt }
    },
  }
}

/** A receipt does not say why: the same call, run on the state it met, may. */
async function revertReason(node: HubNode, from: Address, call: ContractCall, receipt: HubReceipt) {
  const failure = await hubConnection(node)
    .call({ ...call, from }, receipt.blockNumber - 1n)
    .catch((error: unknown) => error)
  const [name, args] = failure instanceof ContractRevert ? [failure.errorName, failure.args] : [receipt.refusal, []]
  return new ContractRevert(name ?? 'NoReason', args, call, { mined: true })
}
