import {
  hexToBigInt,
  isAddress,
  isHex,
  numberToHex,
  UnsupportedProviderMethodError,
  UserRejectedRequestError,
  type Address,
  type EIP1193RequestFn,
  type Hex,
} from 'viem'
import { z } from 'zod'
import type { ContractCall } from '../../lib/chain/connection'
import type { HubWallet } from '../../lib/chain/hub/wallet'
import { SubrosaError } from '../../lib/protocol/errors'

const address = z.custom<Address>((value) => typeof value === 'string' && isAddress(value, { strict: false }))
const bytes = z.custom<Hex>((value) => isHex(value))
const amount = z.custom<Hex>((value) => isHex(value)).transform((value) => hexToBigInt(value))
const message = z
  .object({ to: address, data: bytes.default('0x'), value: amount.default(0n) })
  .transform((call): ContractCall => ({ ...call, method: 'the call' }))
const calls = z.object({ calls: z.array(message).min(1) })
const receiptStatus = z.object({ status: z.enum(['0x0', '0x1']) }).nullable()

type Options = {
  chainId: number
  /** What contracts know the account by. */
  address: Address
  /** Opened at the first transaction. */
  wallet: () => Promise<HubWallet>
  /** Answers what is no matter of the account. */
  read: EIP1193RequestFn
}

/** EIP-5792's words for what becomes of a batch. */
const PENDING = 100
const CONFIRMED = 200
const REVERTED = 500

/**
 * An EIP-1193 provider over one Polkadot account, for contracts on Polkadot Hub. Several calls are one transaction, all or
 * none (EIP-5792): its hash is the batch's name. It signs no message in Ethereum's way, as its key is of another kind.
 */
export function polkadotProvider({ chainId, address: own, wallet, read }: Options): { request: EIP1193RequestFn } {
  const send = async (list: readonly ContractCall[]) => {
    const opened = await wallet()
    return opened.send(list).catch((error: unknown) => {
      throw isDeclined(error) ? new UserRejectedRequestError(error) : error
    })
  }

  async function statusOf(id: unknown): Promise<object> {
    const receipt: unknown = await read({ method: 'eth_getTransactionReceipt', params: [bytes.parse(id)] })
    const known = receiptStatus.parse(receipt)
    const status = known ? (known.status === '0x1' ? CONFIRMED : REVERTED) : PENDING
    return {
      version: '2.0.0',
      chainId: numberToHex(chainId),
      id,
      status,
      atomic: true,
      receipts: known ? [receipt] : [],
    }
  }

  async function request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    const [first] = (params ?? []) as readonly unknown[]
    switch (method) {
      case 'eth_accounts':
      case 'eth_requestAccounts':
        return [own]
      case 'eth_chainId':
        return numberToHex(chainId)
      case 'eth_sendTransaction':
        return send([message.parse(first)])
      case 'wallet_getCapabilities': {
        const status = (await (await wallet()).canBatch()) ? 'supported' : 'unsupported'
        return { [numberToHex(chainId)]: { atomic: { status } } }
      }
      case 'wallet_sendCalls':
        return { id: await send(calls.parse(first).calls) }
      case 'wallet_getCallsStatus':
        return statusOf(first)
      default:
        if (/^(wallet_|personal_|eth_sign)/.test(method)) {
          throw new UnsupportedProviderMethodError(new Error(`a Polkadot account does no ${method}`))
        }
        return read({ method, params } as never)
    }
  }
  return { request: request as EIP1193RequestFn }
}

function isDeclined(error: unknown): error is SubrosaError {
  return error instanceof SubrosaError && error.code === 'USER_REJECTED'
}
