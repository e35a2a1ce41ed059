import type { ApiPromise } from '@polkadot/api'
import type { GenericExtrinsic } from '@polkadot/types'
import { keccak256, parseTransaction, type Hash, type Hex } from 'viem'

/**
 * What a transaction is known by: an Ethereum-signed one by the hash that its wallet showed, any other by the hash of
 * its extrinsic.
 */
export function transactionHashOf(extrinsic: GenericExtrinsic): Hash {
  const payload = ethereumPayloadOf(extrinsic)
  return payload ? keccak256(payload) : extrinsic.hash.toHex()
}

/**
 * The data of a transaction that is one message to a contract; null for any other. A message inside a batch or a
 * multisig is not looked for.
 */
export function callDataOf(extrinsic: GenericExtrinsic): Hex | null {
  const payload = ethereumPayloadOf(extrinsic)
  if (payload) return parseTransaction(payload).data ?? '0x'
  const { section, method } = extrinsic.method
  return section === 'revive' && method === 'call' ? argumentOf(extrinsic, 'data') : null
}

/** An Ethereum-signed transaction's own bytes. */
export function ethereumPayloadOf(extrinsic: GenericExtrinsic): Hex | null {
  const { section, method } = extrinsic.method
  return section === 'revive' && method === 'ethTransact' ? argumentOf(extrinsic, 'payload') : null
}

function argumentOf({ method }: GenericExtrinsic, name: string): Hex | null {
  const at = method.meta.args.findIndex((argument) => argument.name.toString() === name)
  const argument = method.args[at]
  // A Bytes as `toHex` gives it; its SCALE form has its length before it.
  return argument ? argument.toHex() : null
}

/** The transactions of a block, in order, by their hashes. */
export async function readExtrinsics(api: ApiPromise, blockHash: string): Promise<readonly GenericExtrinsic[]> {
  return (await api.rpc.chain.getBlock(blockHash)).block.extrinsics
}
