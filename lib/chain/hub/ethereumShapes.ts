import type { GenericExtrinsic } from '@polkadot/types'
import {
  numberToHex,
  parseTransaction,
  recoverTransactionAddress,
  zeroAddress,
  zeroHash,
  type Address,
  type Hash,
  type Hex,
  type TransactionSerialized,
} from 'viem'
import { accountIdOf } from '../../protocol/polkadot/link'
import type { BlockRef, RawLog } from '../connection'
import { mappedAddress } from '../../protocol/polkadot/mappedAddress'
import { toWei } from './nativeValue'
import type { HubReceipt } from './receipt'
import { hubAddress, hubInteger } from './schemas'
import { callDataOf, ethereumPayloadOf, transactionHashOf } from './transactions'

/** What a Hub knows, in the shapes of Ethereum's JSON-RPC. What a Hub does not have at all is zero. */

/** Who sent a transaction, to which contract, with what. `to` is null where it is no single call of a contract. */
export type HubMessage = { from: Address; to: Address | null; value: bigint; input: Hex; nonce: bigint }

/** @param ratio Wei in a planck. */
export async function messageOf(extrinsic: GenericExtrinsic, ratio: bigint): Promise<HubMessage> {
  const payload = ethereumPayloadOf(extrinsic)
  if (payload) {
    const { to, value = 0n, data = '0x', nonce = 0 } = parseTransaction(payload)
    const from = await recoverTransactionAddress({ serializedTransaction: payload as TransactionSerialized })
    return { from, to: to ?? null, value, input: data, nonce: BigInt(nonce) }
  }
  const from = extrinsic.isSigned ? mappedAddress(accountIdOf(extrinsic.signer.toString())) : zeroAddress
  const nonce = extrinsic.isSigned ? extrinsic.nonce.toBigInt() : 0n
  const input = callDataOf(extrinsic)
  if (input === null) return { from, to: null, value: 0n, input: '0x', nonce }
  const [to, plancks] = extrinsic.method.args.map((argument) => argument.toJSON())
  return { from, to: hubAddress.parse(to), value: toWei(hubInteger.parse(plancks), ratio), input, nonce }
}

/** Where a transaction is; null while it waits. */
export type Place = { number: bigint; hash: Hash; position: number } | null

/** `eth_getTransactionByHash`. */
export async function toRpcTransaction(extrinsic: GenericExtrinsic, place: Place, ratio: bigint) {
  const { from, to, value, input, nonce } = await messageOf(extrinsic, ratio)
  return {
    hash: transactionHashOf(extrinsic),
    ...{ from, to, input, value: numberToHex(value), nonce: numberToHex(nonce) },
    blockHash: place?.hash ?? null,
    blockNumber: place ? numberToHex(place.number) : null,
    transactionIndex: place ? numberToHex(place.position) : null,
    ...{ type: '0x0', gas: '0x0', gasPrice: '0x0', v: '0x0', r: zeroHash, s: zeroHash },
  }
}

/** `eth_getTransactionReceipt`. */
export function toRpcReceipt(
  { hash, succeeded, logs, created, gasUsed, gasPrice }: HubReceipt,
  { from, to }: Pick<HubMessage, 'from' | 'to'>,
  place: NonNullable<Place>,
) {
  return {
    ...{ transactionHash: hash, from, to, type: '0x0', status: succeeded ? '0x1' : '0x0' },
    ...{ blockHash: place.hash, blockNumber: numberToHex(place.number), transactionIndex: numberToHex(place.position) },
    ...{ gasUsed: numberToHex(gasUsed), cumulativeGasUsed: numberToHex(gasUsed) },
    effectiveGasPrice: numberToHex(gasPrice),
    contractAddress: created[0] ?? null,
    logs: logs.map(toRpcLog),
    logsBloom: ANY_BLOOM,
  }
}

/** `eth_getLogs`, one of them. */
export function toRpcLog({ blockNumber, logIndex, ...log }: RawLog) {
  return {
    ...log,
    blockNumber: numberToHex(blockNumber),
    logIndex: numberToHex(logIndex),
    ...{ transactionIndex: null, removed: false },
  }
}

/** `eth_getBlockByNumber`, without its transactions. */
export function toRpcBlock({ number, hash, parentHash, timestamp }: BlockRef) {
  const numbers = { number: numberToHex(number), timestamp: numberToHex(timestamp) }
  const none = { gasLimit: '0x0', gasUsed: '0x0', size: '0x0', difficulty: '0x0', transactions: [], uncles: [] }
  return { ...numbers, hash, parentHash, ...none }
}

/** Rules no log out: a Hub has no blooms. */
const ANY_BLOOM = `0x${'ff'.repeat(256)}` as const
