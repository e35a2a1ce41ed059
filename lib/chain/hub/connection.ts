import type { Hash } from 'viem'
import { z } from 'zod'
import { SubrosaError } from '../../protocol/errors'
import { accountOfAddress } from '../../protocol/polkadot/mappedAddress'
import type { BlockId, BlockRef, ChainConnection, LogFilter, OpenedConnection, RawLog } from '../connection'
import { LogsRefused } from '../errors'
import { hubAnswer, openHubNode, type HubNode } from './api'
import { isContractLog, toHubEvents, toRawLogs } from './blockEvents'
import { chainIdOf, nativeToEthRatio } from './constants'
import { requireExecuted, requirePart } from './dryRun'
import { toPlancks } from './nativeValue'
import { hubCallResult, hubHash, hubInteger } from './schemas'
import { callDataOf, readExtrinsics, transactionHashOf } from './transactions'

/** Blocks whose logs are read in one request: a node has no index of them, so every block is asked for. */
const MOST_BLOCKS = 256n
/** Blocks asked for at the same time. */
const AT_ONCE = 8
/** Blocks whose logs are kept: each is asked about by several readers, one contract after the other. */
const BLOCKS_KEPT = 256
/** Whoever calls without saying who: an account with nothing, which is in debt to nobody. */
const NOBODY = '0x0000000000000000000000000000000000000000'

/** Reads a chain with pallet-revive (Polkadot Hub) through one node. `finalized` is what GRANDPA made final. */
export function openHubConnection(url: string): OpenedConnection {
  const node = openHubNode(url)
  return { ...hubConnection(node), close: () => node.close() }
}

export function hubConnection(node: HubNode): ChainConnection {
  const kept = new Map<Hash, Promise<RawLog[]>>()

  async function readHash(block: BlockId): Promise<Hash> {
    return hubAnswer(async () => {
      const { rpc } = await node.open()
      const hash =
        block === 'finalized'
          ? await rpc.chain.getFinalizedHead()
          : await (block === 'latest' ? rpc.chain.getBlockHash() : rpc.chain.getBlockHash(block))
      if (hash.isEmpty) throw new SubrosaError('RPC_UNAVAILABLE', { details: `the node has no block ${block}` })
      return hubHash.parse(hash.toHex())
    })
  }

  /** A block is what its hash says for ever, so its logs are read once. */
  function logsOf(block: { number: bigint; hash: Hash }): Promise<RawLog[]> {
    const known = kept.get(block.hash)
    if (known) return known
    const reading = readBlockLogs(node, block)
    kept.set(block.hash, reading)
    reading.catch(() => kept.delete(block.hash))
    for (const oldest of kept.keys()) if (kept.size > BLOCKS_KEPT) kept.delete(oldest)
    return reading
  }

  async function blocksOf({ fromBlock, toBlock, blockHash }: LogFilter) {
    if (blockHash) return [{ number: await readNumber(node, blockHash), hash: blockHash }]
    if (toBlock - fromBlock >= MOST_BLOCKS) {
      throw new LogsRefused(new SubrosaError('RPC_UNAVAILABLE', { details: `more than ${MOST_BLOCKS} blocks` }))
    }
    const numbers: bigint[] = []
    for (let number = fromBlock; number <= toBlock; number += 1n) numbers.push(number)
    return inParts(numbers, async (number) => ({ number, hash: await readHash(number) }))
  }

  return {
    async readChainId() {
      return chainIdOf(await node.open())
    },
    async readBlock(block): Promise<BlockRef> {
      const hash = await readHash(block)
      return hubAnswer(async () => {
        const [header, state] = await Promise.all([(await node.open()).rpc.chain.getHeader(hash), node.at(hash)])
        const now = requirePart(state.query.timestamp?.now, 'timestamp.now')
        const milliseconds = hubInteger.parse((await now()).toJSON())
        const number = header.number.toBigInt()
        return { number, hash, parentHash: hubHash.parse(header.parentHash.toHex()), timestamp: milliseconds / 1_000n }
      })
    },
    async call({ to, data, from, value = 0n, method }, block = 'latest') {
      const hash = await readHash(block)
      return hubAnswer(async () => {
        const api = await node.open()
        const run = requirePart((await node.at(hash)).call.reviveApi?.call, 'reviveApi.call')
        const origin = await originOf(node, hash, from ?? NOBODY)
        const answer = await run(origin, to, toPlancks(value, nativeToEthRatio(api)), null, null, data)
        const { result } = hubCallResult.parse(answer.toJSON())
        return requireExecuted(api, result, (ok) => ok, { to, method }).data
      })
    },
    async readLogs(filter) {
      const logs = await inParts(await blocksOf(filter), logsOf)
      return logs.flat().filter((log) => matches(log, filter))
    },
    readReceiptLogs: async (blockHash) => logsOf({ number: await readNumber(node, blockHash), hash: blockHash }),
    async readCallData({ blockHash, transactionHash }) {
      const extrinsics = await hubAnswer(async () => readExtrinsics(await node.open(), blockHash))
      const found = extrinsics.find((extrinsic) => transactionHashOf(extrinsic) === transactionHash)
      return found ? callDataOf(found) : null
    },
  }
}

/** The account that acts as an address: whoever mapped his to it, else the address itself, filled up. */
async function originOf(node: HubNode, blockHash: Hash, address: `0x${string}`): Promise<string> {
  const { query } = await node.at(blockHash)
  const original = await requirePart(query.revive?.originalAccount, 'revive.originalAccount')(address)
  const mapped = z.string().nullable().parse(original.toJSON())
  return mapped ?? (await node.open()).registry.createType('AccountId', accountOfAddress(address)).toString()
}

async function readNumber(node: HubNode, blockHash: Hash): Promise<bigint> {
  return hubAnswer(async () => (await (await node.open()).rpc.chain.getHeader(blockHash)).number.toBigInt())
}

async function readBlockLogs(node: HubNode, block: { number: bigint; hash: Hash }): Promise<RawLog[]> {
  return hubAnswer(async () => {
    const records = await requirePart((await node.at(block.hash)).query.system?.events, 'system.events')()
    const events = toHubEvents(records as unknown as Parameters<typeof toHubEvents>[0])
    if (!events.some(isContractLog)) return []
    const extrinsics = await readExtrinsics(await node.open(), block.hash)
    return toRawLogs(events, extrinsics.map(transactionHashOf), block)
  })
}

/** As `eth_getLogs` filters: a topic that is asked for must be there. */
function matches(log: RawLog, { address, topics = [] }: LogFilter): boolean {
  if (log.address.toLowerCase() !== address.toLowerCase()) return false
  return topics.every((wanted, index) => {
    if (wanted === null) return true
    const topic = log.topics[index]?.toLowerCase()
    return [wanted].flat().some((one) => one.toLowerCase() === topic)
  })
}

async function inParts<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(task))))
  }
  return results
}
