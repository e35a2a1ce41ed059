import type { ApiPromise } from '@polkadot/api'
import type { GenericExtrinsic } from '@polkadot/types'
import { hexToBytes, type Hash, type Hex } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import type { AnchorBlock } from '../anchorNode'
import { asked } from './connect'

/** The newest block that can no longer be undone. */
export async function readFinalized(api: ApiPromise): Promise<AnchorBlock> {
  return asked(async () => {
    const hash = (await api.rpc.chain.getFinalizedHead()).toHex()
    const header = await api.rpc.chain.getHeader(hash)
    return { number: header.number.toBigInt(), hash }
  })
}

/** @throws SubrosaError RPC_UNAVAILABLE, also where the node has no such block. */
export async function readBlockHash(api: ApiPromise, number: bigint): Promise<Hash> {
  const hash = await asked(() => api.rpc.chain.getBlockHash(number))
  if (hash.isEmpty) throw new SubrosaError('RPC_UNAVAILABLE', { details: `the node has no block ${number}` })
  return hash.toHex()
}

/** A block's transactions as they travelled, in order. */
export async function readExtrinsics(api: ApiPromise, hash: Hash): Promise<Hex[]> {
  const signed = await asked<unknown>(() => api.rpc.chain.getBlock.raw(hash))
  const extrinsics = (signed as { block?: { extrinsics?: unknown } } | null)?.block?.extrinsics
  if (!Array.isArray(extrinsics) || !extrinsics.every((each): each is Hex => typeof each === 'string')) {
    throw new SubrosaError('RPC_UNAVAILABLE', { details: `the node has no block ${hash}` })
  }
  return extrinsics.map((each) => each.toLowerCase() as Hex)
}

/** Reads a transaction as the runtime of its block did. */
export async function decodeExtrinsic(api: ApiPromise, hash: Hash, raw: Hex): Promise<GenericExtrinsic> {
  const { registry } = await asked(() => api.getBlockRegistry(hexToBytes(hash)))
  return registry.createType('Extrinsic', raw)
}

/** Whether the transaction did what it says; null where the node keeps no state of that block. */
export async function readSuccess(api: ApiPromise, hash: Hash, index: number): Promise<boolean | null> {
  try {
    const events = await (await api.at(hash)).query['system']?.['events']?.()
    const records = (events ?? []) as unknown as Iterable<EventRecordLike>
    for (const { phase, event } of records) {
      if (!phase.isApplyExtrinsic || phase.asApplyExtrinsic.toNumber() !== index || event.section !== 'system') continue
      if (event.method === 'ExtrinsicSuccess') return true
      if (event.method === 'ExtrinsicFailed') return false
    }
  } catch {
    // A node that prunes answers with an error of its own making.
  }
  return null
}

type EventRecordLike = {
  phase: { isApplyExtrinsic: boolean; asApplyExtrinsic: { toNumber: () => number } }
  event: { section: string; method: string }
}
