import { BaseError, createClient, http, numberToHex, type Client, type Hex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import type { ContractCall } from '../connection'
import type { Deployment } from '../deployment'
import { signTransaction } from '../signTransaction'
import type { Broadcast, FeeMarket, TransactionNode } from '../transactionNode'
import { toChainError } from './rpcError'
import { rpcFeeHistory, rpcQuantity, rpcReceipt } from './rpcSchemas'

export type EvmTransactionNodeOptions = {
  rpcUrl: string
  deployment: Deployment
  /** A private key. */
  account: Hex
}

/** Blocks whose tips the suggested one goes by. */
const TIP_BLOCKS = 10
const TIP_PERCENTILE = 50
/** A tip of nothing is left behind by some block builders. */
const LOWEST_TIP = 1_000_000n

/** One account's transactions over an Ethereum RPC. Signs for the deployment's chain, whatever the node says it is. */
export function openEvmTransactionNode({ rpcUrl, deployment, account }: EvmTransactionNodeOptions): TransactionNode {
  const client = createClient({ transport: http(rpcUrl, { retryCount: 1, timeout: 15_000 }) })
  const address = privateKeyToAddress(account)
  return {
    address,
    gasScale: 1n,
    async readNonce(block) {
      const nonce = await ask(() => client.request({ method: 'eth_getTransactionCount', params: [address, block] }))
      return Number(rpcQuantity.parse(nonce))
    },
    async readBalance() {
      const balance = await ask(() => client.request({ method: 'eth_getBalance', params: [address, 'latest'] }))
      return rpcQuantity.parse(balance)
    },
    readFeeMarket: () => readFeeMarket(client),
    async estimateGas(call, block) {
      const { to, data, value } = call
      const request = { from: address, to, data, value: numberToHex(value) }
      const gas = await ask(() => client.request({ method: 'eth_estimateGas', params: [request, block] }), call)
      return rpcQuantity.parse(gas)
    },
    sign: (transaction) => Promise.resolve(signTransaction(transaction, deployment.chainId, account)),
    async broadcast(raw) {
      try {
        await client.request({ method: 'eth_sendRawTransaction', params: [raw] })
        return 'accepted'
      } catch (error) {
        const answer = answerIn(error)
        if (answer) return answer
        throw toChainError(error)
      }
    },
    async readMined(hash) {
      const answer = await ask(() => client.request({ method: 'eth_getTransactionReceipt', params: [hash] }))
      const receipt = rpcReceipt.parse(answer)
      if (!receipt) return null
      const { status, blockNumber, blockHash, gasUsed, effectiveGasPrice: gasPrice } = receipt
      return { blockNumber, blockHash, succeeded: status === '0x1', gasUsed, gasPrice }
    },
  }
}

/** The next block's base fee twice over (six full blocks can raise it so much), and the tip that half the others paid. */
async function readFeeMarket(client: Client): Promise<FeeMarket> {
  const params = [numberToHex(TIP_BLOCKS), 'latest', [TIP_PERCENTILE]] as [Hex, 'latest', number[]]
  const { baseFeePerGas, reward } = rpcFeeHistory.parse(
    await ask(() => client.request({ method: 'eth_feeHistory', params })),
  )
  const baseFee = baseFeePerGas.at(-1) ?? 0n
  const tips = (reward ?? []).flatMap(([tip]) => (tip === undefined || tip === 0n ? [] : [tip]))
  const median = tips.sort((a, b) => (a < b ? -1 : 1))[Math.floor(tips.length / 2)] ?? 0n
  const tip = median > LOWEST_TIP ? median : LOWEST_TIP
  return { baseFee, maxPriorityFeePerGas: tip, maxFeePerGas: 2n * baseFee + tip }
}

/** Each client has its own words for these three, and no code. */
const ANSWERS: [RegExp, Broadcast][] = [
  [/already (known|imported|exists)|known transaction|ALREADY_EXISTS/i, 'known'],
  [/nonce (is )?too low|nonce has already been used|OldNonce/i, 'nonce-used'],
  [/underpriced|replacement.*(fee|gas)/i, 'underpriced'],
]

function answerIn(error: unknown): Broadcast | undefined {
  const said = error instanceof BaseError ? `${error.details} ${error.shortMessage}` : String(error)
  return ANSWERS.find(([words]) => words.test(said))?.[1]
}

async function ask<T>(request: () => Promise<T>, call?: ContractCall): Promise<T> {
  try {
    return await request()
  } catch (error) {
    throw toChainError(error, call)
  }
}
