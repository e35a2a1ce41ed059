import {
  createClient,
  defineChain,
  http,
  type Address,
  type Chain,
  type Client,
  type Hash,
  type Hex,
  type LocalAccount,
  type Transport,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { estimateGas, getTransactionCount, sendTransaction } from 'viem/actions'
import { SubrosaError } from '../../protocol/errors'
import { decodeContractLog } from '../contractEvent'
import type { ContractCall, GasLimit, Receipt, TransactionSender } from '../connection'
import type { Deployment } from '../deployment'
import { ContractRevert } from '../errors'
import { createQueue } from '../queue'
import { evmConnection } from './connection'
import { toChainError } from './rpcError'
import { rpcReceipt } from './rpcSchemas'

export type EvmSenderOptions = {
  rpcUrl: string
  deployment: Deployment
  /** A private key, or an account that holds one. */
  account: Hex | LocalAccount
  /** How long `wait` waits, in milliseconds. */
  timeout?: number
  /** The limit of calls that come with none. */
  maxGas?: bigint
}

/** Headroom over the estimate: another transaction may get in between and make this one cost more. */
const GAS_MARGIN_PERCENT = 120n

/** The sender signs for the deployment's chain and no other, whatever the node says it is. */
function chainOf(id: number, rpcUrl: string) {
  const nativeCurrency = { name: 'Ether', symbol: 'ETH', decimals: 18 }
  return defineChain({ id, name: `chain ${id}`, nativeCurrency, rpcUrls: { default: { http: [rpcUrl] } } })
}

type SendingClient = Client<Transport, Chain>

/** Sends one account's transactions over an Ethereum RPC, one after the other. */
export function openEvmSender(options: EvmSenderOptions): TransactionSender {
  const { rpcUrl, deployment, account, timeout = 60_000, maxGas } = options
  const transport = http(rpcUrl, { retryCount: 1, timeout: 15_000 })
  const client = createClient({ chain: chainOf(deployment.chainId, rpcUrl), transport })
  const signer = typeof account === 'string' ? privateKeyToAccount(account) : account
  const inOrder = createQueue()

  async function send(call: ContractCall, limit: GasLimit = { maxGas }): Promise<Hash> {
    try {
      return await inOrder(() => submit(client, signer, call, limit))
    } catch (error) {
      throw toChainError(error, call)
    }
  }
  const wait = (hash: Hash) => waitForReceipt(client, deployment, hash, timeout)

  return {
    address: signer.address,
    send,
    wait,
    async execute(call, limit) {
      const receipt = await wait(await send(call, limit))
      if (!receipt.succeeded) throw await revertReason(client, signer.address, call, receipt)
      return receipt
    },
  }
}

async function submit(client: SendingClient, account: LocalAccount, call: ContractCall, { maxGas }: GasLimit) {
  const { to, data, value } = call
  const estimate = await estimateGas(client, { account, to, data, value })
  if (maxGas !== undefined && estimate > maxGas) {
    const details = `${call.method} would take ${estimate} gas, more than ${maxGas}`
    throw new SubrosaError('TRANSACTION_REVERTED', { details })
  }
  const nonce = await getTransactionCount(client, { address: account.address, blockTag: 'pending' })
  const gas = (estimate * GAS_MARGIN_PERCENT) / 100n
  return sendTransaction(client, { account, to, data, value, gas, nonce })
}

async function waitForReceipt(client: Client, deployment: Deployment, hash: Hash, timeout: number): Promise<Receipt> {
  const start = performance.now()
  for (let pause = 50; performance.now() - start < timeout; pause = Math.min(pause * 1.5, 2_000)) {
    const found = await readReceipt(client, hash)
    if (found) {
      return {
        hash,
        succeeded: found.status === '0x1',
        blockNumber: found.blockNumber,
        gasUsed: found.gasUsed,
        gasPrice: found.effectiveGasPrice,
        events: found.logs.map((log) => decodeContractLog(deployment, log)).filter((event) => event !== null),
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  throw new SubrosaError('RPC_UNAVAILABLE', { details: `${hash} is in no block after ${timeout} ms` })
}

async function readReceipt(client: Client, hash: Hash) {
  try {
    return rpcReceipt.parse(await client.request({ method: 'eth_getTransactionReceipt', params: [hash] }))
  } catch (error) {
    throw toChainError(error)
  }
}

/** A receipt does not say why: the same call, run on the state it met, may. */
async function revertReason(client: Client, from: Address, call: ContractCall, receipt: Receipt) {
  const failure = await evmConnection(client)
    .call({ ...call, from }, receipt.blockNumber - 1n)
    .catch((error: unknown) => error)
  const [name, args] = failure instanceof ContractRevert ? [failure.errorName, failure.args] : ['NoReason', []]
  return new ContractRevert(name, args, call, { mined: true })
}
