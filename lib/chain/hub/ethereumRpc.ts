import { numberToHex, type Address, type EIP1193RequestFn, type Hash } from 'viem'
import { z } from 'zod'
import type { BlockId } from '../connection'
import { accountOfAddress } from '../../protocol/polkadot/mappedAddress'
import { hubAnswer, type HubNode } from './api'
import { hubConnection } from './connection'
import { nativeToEthRatio } from './constants'
import { requirePart } from './dryRun'
import { readGasPrice } from './estimate'
import { messageOf, toRpcBlock, toRpcLog, toRpcReceipt, toRpcTransaction } from './ethereumShapes'
import { findInclusion } from './inclusion'
import { toHubReceipt } from './receipt'
import { hubAddress, hubBytes, hubHash, hubInteger } from './schemas'
import { openTransactionIndex } from './transactionIndex'
import { readExtrinsics, transactionHashOf } from './transactions'

/** JSON-RPC's own codes, and EIP-1193's for what a provider does not do. */
const INVALID_PARAMS = -32602
const UNSUPPORTED = 4200

const quantity = z.string().regex(/^0x[0-9a-fA-F]+$/)
const blockId = z
  .union([quantity.transform(BigInt), z.enum(['latest', 'pending', 'safe', 'finalized', 'earliest'])])
  .default('latest')
  .transform((block): BlockId => {
    if (typeof block === 'bigint') return block
    if (block === 'earliest') return 0n
    // What waits is in no block, and there is no state of it; nothing is safer than final.
    return block === 'latest' || block === 'pending' ? 'latest' : 'finalized'
  })
const callRequest = z
  .object({
    to: hubAddress,
    from: hubAddress.optional(),
    data: hubBytes.optional(),
    input: hubBytes.optional(),
    value: quantity.optional().transform((value) => (value === undefined ? 0n : BigInt(value))),
  })
  .transform(({ to, from, data, input, value }) => ({ to, from, data: data ?? input ?? '0x', value }))
const topic = z.union([hubHash, z.array(hubHash), z.null()])
const logFilter = z.object({
  address: hubAddress,
  topics: z.array(topic).optional(),
  fromBlock: blockId,
  toBlock: blockId,
  blockHash: hubHash.optional(),
})

/** A JSON-RPC error as viem tells them apart. */
export class HubRpcError extends Error {
  override readonly name = 'HubRpcError'
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

/**
 * Answers the methods of Ethereum's JSON-RPC that reading takes, from a node of Polkadot Hub, so that viem and wagmi read
 * a Hub as they read any chain. `finalized` is what GRANDPA made final. A block's transactions are not told, and an
 * uncle, a bloom or a gas limit does not exist here.
 *
 * Requests throw SubrosaError, a contract's own error among them; HubRpcError for what is not understood.
 */
export function hubRequest(node: HubNode): EIP1193RequestFn {
  const chain = hubConnection(node)
  const index = openTransactionIndex(node)
  const numberOf = async (block: BlockId) => (typeof block === 'bigint' ? block : (await chain.readBlock(block)).number)

  const methods: Record<string, (params: readonly unknown[]) => Promise<unknown>> = {
    eth_chainId: async () => numberToHex(await chain.readChainId()),
    net_version: async () => (await chain.readChainId()).toString(),
    eth_blockNumber: async () => numberToHex((await chain.readBlock('latest')).number),
    eth_getBlockByNumber: async ([block]) => toRpcBlock(await chain.readBlock(blockId.parse(block))),
    eth_call: ([call, block]) => chain.call(callRequest.parse(call), blockId.parse(block)),
    eth_getBalance: async ([address]) => numberToHex(await ask(node, 'balance', hubAddress.parse(address), hubInteger)),
    eth_getCode: ([address]) => ask(node, 'code', hubAddress.parse(address), hubBytes),
    eth_gasPrice: async () => numberToHex(await hubAnswer(async () => readGasPrice(await node.open()))),
    eth_getTransactionCount: async ([address]) => numberToHex(await readNonce(node, hubAddress.parse(address))),
    async eth_getLogs([filter]) {
      const { address, topics, blockHash, ...range } = logFilter.parse(filter)
      const [fromBlock, toBlock] = await Promise.all([numberOf(range.fromBlock), numberOf(range.toBlock)])
      return (await chain.readLogs({ address, topics, fromBlock, toBlock, blockHash })).map(toRpcLog)
    },
    async eth_getBlockReceipts([block]) {
      const logs = await chain.readReceiptLogs(hubHash.parse(block))
      return logs && [{ logs: logs.map(toRpcLog) }]
    },
    eth_getTransactionByHash: ([hash]) => readTransaction(hubHash.parse(hash)),
    eth_getTransactionReceipt: ([hash]) => readReceipt(hubHash.parse(hash)),
  }

  async function locate(hash: Hash) {
    const fromBlock = await index.find(hash)
    const found = fromBlock === null ? null : await findInclusion(node, { hash, fromBlock })
    if (!found) return null
    const { block, position } = found
    const extrinsics = await hubAnswer(async () => readExtrinsics(await node.open(), block.hash))
    const extrinsic = extrinsics[position]
    return extrinsic ? { found, extrinsic, place: { ...block, position } } : null
  }

  async function readTransaction(hash: Hash) {
    const ratio = nativeToEthRatio(await node.open())
    const located = await locate(hash)
    if (located) return toRpcTransaction(located.extrinsic, located.place, ratio)
    const pending = await hubAnswer(async () => (await node.open()).rpc.author.pendingExtrinsics())
    const waiting = pending.find((extrinsic) => transactionHashOf(extrinsic) === hash)
    return waiting ? toRpcTransaction(waiting, null, ratio) : null
  }

  async function readReceipt(hash: Hash) {
    const located = await locate(hash)
    if (!located) return null
    const api = await node.open()
    const rates = { ratio: nativeToEthRatio(api), gasPrice: await hubAnswer(() => readGasPrice(api)) }
    const receipt = toHubReceipt(located.found, hash, rates, { storageDeposit: 0n, deployment: undefined })
    return toRpcReceipt(receipt, await messageOf(located.extrinsic, rates.ratio), located.place)
  }

  async function request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    const answer = Object.hasOwn(methods, method) ? methods[method] : undefined
    if (!answer) throw new HubRpcError(UNSUPPORTED, `a Hub has no ${method}`)
    try {
      return await answer(Array.isArray(params) ? (params as unknown[]) : [])
    } catch (error) {
      if (error instanceof z.ZodError) throw new HubRpcError(INVALID_PARAMS, `${method}: ${z.prettifyError(error)}`)
      throw error
    }
  }
  return request as EIP1193RequestFn
}

/** Asks one of the runtime's own questions about an address. */
async function ask<T extends z.ZodType>(node: HubNode, name: string, address: Address, shape: T): Promise<z.output<T>> {
  return hubAnswer(async () => {
    const question = requirePart((await node.open()).call.reviveApi?.[name], `reviveApi.${name}`)
    return shape.parse((await question(address)).toJSON())
  })
}

/** The account's own next nonce, those that wait included: of whoever mapped his to the address, else of its own. */
async function readNonce(node: HubNode, address: Address): Promise<bigint> {
  return hubAnswer(async () => {
    const api = await node.open()
    const original = await requirePart(api.query.revive?.originalAccount, 'revive.originalAccount')(address)
    const mapped = z.string().nullable().parse(original.toJSON())
    return (await api.rpc.system.accountNextIndex(mapped ?? accountOfAddress(address))).toBigInt()
  })
}
