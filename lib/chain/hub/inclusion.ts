import type { ApiPromise } from '@polkadot/api'
import type { Hash } from 'viem'
import { SubrosaError } from '../../protocol/errors'
import { hubAnswer, type HubNode } from './api'
import { toHubEvents, type HubEvent } from './blockEvents'
import { nameDispatchError } from './hubError'
import { requirePart } from './dryRun'
import { hubFeePaid, hubHash, hubWeight, type HubWeight } from './schemas'
import { readExtrinsics, transactionHashOf } from './transactions'

/** A transaction in its block. `fee` and `deposit` in plancks; `refusal` is the pallet's word where it failed. */
export type HubInclusion = {
  block: { number: bigint; hash: Hash }
  /** Its place in the block. */
  position: number
  /** Its own events, in order. */
  events: HubEvent[]
  succeeded: boolean
  refusal: string | null
  fee: bigint
  weight: HubWeight
}

/** Where to look for a transaction: no node finds one by its hash. */
export type HubSearch = { hash: Hash; fromBlock: bigint }

/** Looks through the blocks from `fromBlock` to the newest. Null where none of them holds it. */
export async function findInclusion(node: HubNode, { hash, fromBlock }: HubSearch): Promise<HubInclusion | null> {
  const newest = await hubAnswer(async () => (await (await node.open()).rpc.chain.getHeader()).number.toBigInt())
  for (let number = fromBlock; number <= newest; number += 1n) {
    const found = await inclusionIn(node, number, hash)
    if (found) return found
  }
  return null
}

async function inclusionIn(node: HubNode, number: bigint, hash: Hash): Promise<HubInclusion | null> {
  return hubAnswer(async () => {
    const api = await node.open()
    const blockHash = hubHash.parse((await api.rpc.chain.getBlockHash(number)).toHex())
    const place = (await readExtrinsics(api, blockHash)).findIndex((one) => transactionHashOf(one) === hash)
    if (place === -1) return null
    const records = await requirePart((await node.at(blockHash)).query.system?.events, 'system.events')()
    const all = toHubEvents(records as unknown as Parameters<typeof toHubEvents>[0])
    const events = all.filter(({ transaction }) => transaction === place)
    return { block: { number, hash: blockHash }, position: place, events, ...outcomeOf(api, events) }
  })
}

function outcomeOf(api: ApiPromise, events: readonly HubEvent[]) {
  const find = (section: string, method: string) =>
    events.find((event) => event.section === section && event.method === method)?.data
  const failed = find('system', 'ExtrinsicFailed')
  const reverted = find('revive', 'EthExtrinsicRevert')
  const info = failed?.[1] ?? find('system', 'ExtrinsicSuccess')?.[0]
  const paid = find('transactionPayment', 'TransactionFeePaid')
  const error = failed?.[0] ?? reverted?.[0]
  return {
    succeeded: !failed && !reverted,
    refusal: error === undefined ? null : nameDispatchError(api, error).text,
    fee: paid ? hubFeePaid.parse(paid)[1] : 0n,
    weight: hubWeight.parse((info as { weight?: unknown } | undefined)?.weight),
  }
}

const PAUSE_MS = 250

/** @throws SubrosaError RPC_UNAVAILABLE where no block holds it after `timeoutMs`, or the node stays away as long. */
export async function waitForInclusion(node: HubNode, search: HubSearch, timeoutMs: number): Promise<HubInclusion> {
  const start = performance.now()
  let { fromBlock } = search
  while (performance.now() - start < timeoutMs) {
    const newest = await hubAnswer(async () => (await (await node.open()).rpc.chain.getHeader()).number.toBigInt())
    const found = await findInclusion(node, { ...search, fromBlock })
    if (found) return found
    // The newest may be replaced by another one of its number.
    if (newest - 1n > fromBlock) fromBlock = newest - 1n
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  throw new SubrosaError('RPC_UNAVAILABLE', { details: `${search.hash} is in no block after ${timeoutMs} ms` })
}
