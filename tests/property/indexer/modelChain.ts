import {
  decodeFunctionData,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionResult,
  keccak256,
  toHex,
  zeroHash,
  type AbiEvent,
  type AbiParameter,
  type Hash,
  type Hex,
} from 'viem'
import { enclaveRegistryAbi } from '../../../lib/abi/enclaveRegistry'
import { hiddenBookAbi } from '../../../lib/abi/hiddenBook'
import { sealedAuctionsAbi } from '../../../lib/abi/sealedAuctions'
import { logsBloom } from '../../../lib/chain/bloom'
import type { BlockId, BlockRef, ChainConnection, RawLog } from '../../../lib/chain/connection'
import { SubrosaError } from '../../../lib/protocol/errors'
import { addressOf, MODEL_DEPLOYMENT } from './modelDeployment'
import { perform, type Emitted, type HouseState, type Intent } from './modelHouse'

type ModelBlock = BlockRef & { logs: RawLog[]; state: HouseState }

/** `finalized` is so many blocks behind the newest, and means nothing: this chain reorganises as deep as it likes. */
const FINALITY = 3

/**
 * A chain of made-up blocks, with reorganisations, that answers as an honest node does: each answer is of the fork that
 * is the chain when it is asked.
 */
export class ModelChain {
  #blocks: ModelBlock[] = [genesis()]
  #left: ModelBlock[] | undefined
  #salt = 0

  get head(): ModelBlock {
    return this.#blocks.at(-1)!
  }

  /** @param intents What happens, transaction by transaction. */
  mine(intents: Intent[]): void {
    const parent = this.head
    const salt = String((this.#salt += 1))
    const number = parent.number + 1n
    const hash = keccak256(toHex(`${parent.hash} ${salt}`))
    const state = structuredClone(parent.state)
    const timestamp = parent.timestamp + 1n
    const logs = intents.flatMap((intent, transaction) => {
      const transactionHash = keccak256(toHex(`${hash} ${transaction}`))
      return perform(state, intent, `${salt} ${transaction}`, Number(timestamp)).map((emitted) => ({
        emitted,
        transactionHash,
      }))
    })
    const raw = logs.map(({ emitted, transactionHash }, logIndex): RawLog => {
      return { ...encodeLog(emitted), blockNumber: number, blockHash: hash, transactionHash, logIndex }
    })
    this.#blocks.push({ number, hash, parentHash: parent.hash, timestamp, logsBloom: logsBloom(raw), logs: raw, state })
  }

  /** Leaves the newest `depth` blocks, all but the first at most, for others. */
  reorganise(depth: number, blocks: Intent[][]): void {
    const kept = Math.max(1, this.#blocks.length - depth)
    this.#left = this.#blocks
    this.#blocks = this.#blocks.slice(0, kept)
    for (const intents of blocks) this.mine(intents)
  }

  /** Goes back to the fork that the last reorganisation left, if there was one. */
  goBack(): void {
    if (this.#left) [this.#blocks, this.#left] = [this.#left, this.#blocks]
  }

  readonly connection: ChainConnection = {
    readChainId: () => Promise.resolve(BigInt(MODEL_DEPLOYMENT.chainId)),
    readBlock: (id) => answer(() => this.#block(id)),
    readLogs: ({ address, fromBlock, toBlock, blockHash }) =>
      answer(() => {
        const blocks = blockHash
          ? [this.#byHash(blockHash)]
          : this.#blocks.filter(({ number }) => number >= fromBlock && number <= toBlock)
        return blocks.flatMap(({ logs }) => logs.filter((log) => log.address === address))
      }),
    readReceiptLogs: (blockHash) => answer(() => this.#byHash(blockHash).logs),
    readCallData: () => Promise.resolve(null),
    call: ({ to, data }, id = 'latest') => answer(() => this.#call(to, data, this.#block(id).state)),
  }

  #block(id: BlockId): ModelBlock {
    const finalized = Math.max(0, this.#blocks.length - 1 - FINALITY)
    const index = id === 'latest' ? this.#blocks.length - 1 : id === 'finalized' ? finalized : Number(id)
    return this.#blocks[index] ?? absent(id)
  }

  #byHash(hash: Hash): ModelBlock {
    return this.#blocks.find((block) => block.hash === hash) ?? absent(hash)
  }

  #call(to: string, data: Hex, state: HouseState): Hex {
    if (to === MODEL_DEPLOYMENT.contracts.registry) {
      return encodeFunctionResult({ abi: enclaveRegistryAbi, functionName: 'simulated', result: true })
    }
    if (to === MODEL_DEPLOYMENT.contracts.book) return batchOf(data, state)
    // Tokens, which say nothing of themselves.
    if (to !== MODEL_DEPLOYMENT.contracts.auctions) return '0x'
    const { args } = decodeFunctionData({ abi: sealedAuctionsAbi, data })
    const auction = state.auctions.find(({ id }) => id === args[0])
    const [output] = sealedAuctionsAbi.find((item) => item.type === 'function' && item.name === 'getAuction')!.outputs
    const { acc = zeroHash, count = 0, status = 0 } = auction ?? {}
    const empty = emptyValue(output) as Record<string, unknown>
    return encodeAbiParameters([output as AbiParameter], [{ ...empty, acc, count, status }])
  }
}

function batchOf(data: Hex, { markets }: HouseState): Hex {
  const { args } = decodeFunctionData({ abi: hiddenBookAbi, data })
  const [id, batchId] = args as [Hex, bigint]
  const batch = markets.find((market) => market.id === id)?.batches.find((used) => BigInt(used.batchId) === batchId)
  const [output] = hiddenBookAbi.find((item) => item.type === 'function' && item.name === 'getBatch')!.outputs
  const { acc = zeroHash, count = 0 } = batch ?? {}
  const empty = emptyValue(output) as Record<string, unknown>
  return encodeAbiParameters([output as AbiParameter], [{ ...empty, acc, count }])
}

/** As if over a network: later, and a throw becomes a rejection. */
function answer<T>(ask: () => T): Promise<T> {
  return Promise.resolve().then(ask)
}

function genesis(): ModelBlock {
  const state = { auctions: [], markets: [], keys: 0 }
  return { number: 0n, hash: zeroHash, parentHash: zeroHash, timestamp: 0n, logsBloom: logsBloom([]), logs: [], state }
}

function absent(what: unknown): never {
  throw new SubrosaError('RPC_UNAVAILABLE', { details: `no block ${String(what)}` })
}

function encodeLog({ contract, eventName, args }: Emitted): Pick<RawLog, 'address' | 'topics' | 'data'> {
  const address = MODEL_DEPLOYMENT.contracts[contract]
  const abi = { auctions: sealedAuctionsAbi, book: hiddenBookAbi, registry: enclaveRegistryAbi }[contract]
  const event = (abi as readonly { type: string; name?: string }[]).find(
    (item) => item.type === 'event' && item.name === eventName,
  ) as AbiEvent | undefined
  // Some other contract's.
  if (!event) return { address: addressOf(0xff), topics: [keccak256(toHex(eventName))], data: '0x' }
  const topics = encodeEventTopics({ abi: [event], args: args }) as Hex[]
  const plain = event.inputs.filter(({ indexed }) => !indexed)
  return {
    address,
    topics,
    data: encodeAbiParameters(
      plain,
      plain.map(({ name }) => args[name ?? '']),
    ),
  }
}

/** Nothing, in the shape of a parameter: only words and tuples occur. */
function emptyValue(parameter: AbiParameter): unknown {
  if ('components' in parameter) {
    return Object.fromEntries(parameter.components.map((part) => [part.name, emptyValue(part)]))
  }
  if (parameter.type === 'bool') return false
  if (parameter.type === 'address') return addressOf(0)
  return parameter.type.startsWith('bytes') ? zeroHash : 0n
}
