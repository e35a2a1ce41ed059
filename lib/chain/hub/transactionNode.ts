import { keccak256, type Hash, type Hex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { z } from 'zod'
import type { ContractCall } from '../connection'
import { decodeRevert } from '../decodeRevert'
import type { Deployment } from '../deployment'
import { signTransaction } from '../signTransaction'
import type { Broadcast, TransactionNode } from '../transactionNode'
import { SubrosaError } from '../../protocol/errors'
import { accountOfAddress } from '../../protocol/polkadot/mappedAddress'
import { hubAnswer, type HubNode } from './api'
import { nativeToEthRatio } from './constants'
import { requirePart } from './dryRun'
import { readGasPrice } from './estimate'
import { findInclusion } from './inclusion'
import { toWei } from './nativeValue'
import { hubEthTransactResult, hubHash, hubInteger } from './schemas'

export type HubTransactionNodeOptions = { node: HubNode; deployment: Pick<Deployment, 'chainId'>; account: Hex }

/** A bid's 80,000 gas of Ethereum are 320 million on the Passet Hub: rounded up, as limits are several times what is needed. */
const GAS_SCALE = 5_000n
/** How far back a transaction is looked for that an earlier run sent: ten minutes of blocks of six seconds. */
const LOOK_BACK = 100n

/**
 * An Ethereum key's transactions on a Hub: signed as everywhere, carried by bare `revive.ethTransact` extrinsics, whose
 * fee the runtime takes from the account that stands for the key's address.
 */
export function openHubTransactionNode(options: HubTransactionNodeOptions): TransactionNode {
  const { node, deployment, account } = options
  const address = privateKeyToAddress(account)
  /** From which block on each transaction may be found: those before are final and were looked through. */
  const searches = new Map<Hash, bigint>()

  const newest = async () => (await (await node.open()).rpc.chain.getHeader()).number.toBigInt()
  async function finalized() {
    const { rpc } = await node.open()
    return (await rpc.chain.getHeader(await rpc.chain.getFinalizedHead())).number.toBigInt()
  }

  return {
    address,
    gasScale: GAS_SCALE,
    readNonce: (block) =>
      hubAnswer(async () => {
        const { rpc } = await node.open()
        if (block === 'pending') return (await rpc.system.accountNextIndex(accountOfAddress(address))).toNumber()
        const hash = await (block === 'latest' ? rpc.chain.getBlockHash() : rpc.chain.getFinalizedHead())
        const nonce = requirePart((await node.at(hash.toHex())).call.reviveApi?.nonce, 'reviveApi.nonce')
        return Number(hubInteger.parse((await nonce(address)).toJSON()))
      }),
    readBalance: () =>
      hubAnswer(async () => {
        const balance = requirePart((await node.open()).call.reviveApi?.balance, 'reviveApi.balance')
        return hubInteger.parse((await balance(address)).toJSON())
      }),
    /** The runtime has one price for everybody and knows no tips; it may rise while the transaction waits. */
    readFeeMarket: () =>
      hubAnswer(async () => {
        const baseFee = await readGasPrice(await node.open())
        return { baseFee, maxPriorityFeePerGas: 0n, maxFeePerGas: 2n * baseFee }
      }),
    estimateGas: (call) => hubAnswer(() => estimateGas(node, address, call)),
    sign: (transaction) => Promise.resolve(signTransaction(transaction, deployment.chainId, account)),
    async broadcast(raw) {
      const hash = keccak256(raw)
      const api = await node.open()
      if (!searches.has(hash)) searches.set(hash, await hubAnswer(newest))
      const extrinsic = requirePart(api.tx.revive?.ethTransact, 'revive.ethTransact')(raw)
      try {
        await api.rpc.author.submitExtrinsic(extrinsic)
        return 'accepted'
      } catch (error) {
        const answer = answerIn(error)
        if (answer) return answer
        return hubAnswer(() => Promise.reject(error as Error))
      }
    },
    readMined: (hash) =>
      hubAnswer(async () => {
        const [head, final] = [await newest(), await finalized()]
        const fromBlock = searches.get(hash) ?? (head > LOOK_BACK ? head - LOOK_BACK : 1n)
        const found = await findInclusion(node, { hash, fromBlock })
        if (!found) {
          if (final > fromBlock) searches.set(hash, final)
          return null
        }
        const api = await node.open()
        const gasPrice = await readGasPrice(api)
        const gasUsed = toWei(found.fee, nativeToEthRatio(api)) / gasPrice
        const { block, succeeded } = found
        return { blockNumber: block.number, blockHash: hubHash.parse(block.hash), succeeded, gasUsed, gasPrice }
      }),
  }
}

async function estimateGas(node: HubNode, from: Hex, call: ContractCall): Promise<bigint> {
  const { to, data, value } = call
  const run = requirePart((await node.open()).call.reviveApi?.ethTransact, 'reviveApi.ethTransact')
  const answer = hubEthTransactResult.parse((await run({ from, to, value, input: { input: data } })).toJSON())
  if ('ok' in answer) return answer.ok.ethGas
  if ('data' in answer.err) throw decodeRevert(answer.err.data, call)
  const { message } = answer.err
  const lacksMoney = /insufficient|funds|balance/i.test(message)
  const details = `${call.method} is refused: ${message}`
  throw new SubrosaError(lacksMoney ? 'INSUFFICIENT_BALANCE' : 'TRANSACTION_REVERTED', { details })
}

/** What the pool says, by JSON-RPC's code and the reason of `InvalidTransaction`. */
const ANSWERS: [RegExp, Broadcast][] = [
  [/\b1013\b|already imported/i, 'known'],
  [/stale|outdated/i, 'nonce-used'],
  [/\b1014\b|priority is too low/i, 'underpriced'],
]

function answerIn(error: unknown): Broadcast | undefined {
  const { success, data } = z.object({ message: z.string() }).safeParse(error)
  return success ? ANSWERS.find(([words]) => words.test(data.message))?.[1] : undefined
}
