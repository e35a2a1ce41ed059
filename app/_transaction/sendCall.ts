import {
  WaitForTransactionReceiptTimeoutError,
  type Address,
  type Hash,
  type PublicClient,
  type ReplacementReason,
} from 'viem'
import type { Config } from 'wagmi'
import { getConnection, getWalletClient } from 'wagmi/actions'
import type { ContractCall } from '../../lib/chain/connection'
import { evmConnection } from '../../lib/chain/evm/connection'
import { SubrosaError } from '../../lib/protocol/errors'
import { sameHex } from '../_format/hex'
import type { Included } from './flow'

const INCLUSION_TIMEOUT_MS = 180_000
const LOOK_INTERVAL_MS = 2_000

/** The person's transaction gave way to another of the same nonce, sent from the wallet. */
export class ReplacedError extends Error {
  override name = 'ReplacedError'
  constructor(readonly hash: Hash) {
    super('The wallet sent another transaction in place of this one.')
  }
}

type Options = {
  config: Config
  client: PublicClient
  chainId: number
  account: Address
  seen?: (() => Promise<Included | null>) | undefined
  onChecked: () => void
  onSubmitted: (hash: Hash) => void
  /** No block has it after three minutes. Answers whether to look again. */
  onOverdue: (hash: Hash) => Promise<boolean>
}

/**
 * The wallet as it is now, if it still is the account and chain the job was prepared for.
 * @throws SubrosaError WRONG_ACCOUNT, WRONG_CHAIN
 */
export async function guardWallet(config: Config, chainId: number, account: Address): Promise<void> {
  const { connector } = getConnection(config)
  if (!connector) throw new SubrosaError('WRONG_ACCOUNT', { details: 'No wallet is connected.' })
  const [accounts, walletChain] = await Promise.all([connector.getAccounts(), connector.getChainId()])
  if (walletChain !== chainId) {
    throw new SubrosaError('WRONG_CHAIN', {
      details: `The wallet is on chain ${walletChain}, this is chain ${chainId}.`,
    })
  }
  if (!sameHex(accounts[0], account)) throw new SubrosaError('WRONG_ACCOUNT')
}

/**
 * Sends one call and waits for its inclusion, by the wallet's hash or by its effect, whichever shows first.
 * @throws SubrosaError, ReplacedError, or viem's error for a call that reverts or is declined.
 */
export async function sendCall(call: ContractCall, options: Options): Promise<Included> {
  const { config, client, chainId, account } = options
  const { to, data, value } = call
  await guardWallet(config, chainId, account)
  await evmConnection(client).call({ ...call, from: account })
  options.onChecked()
  const wallet = await getWalletClient(config, { account, chainId })
  const hash = await wallet.sendTransaction({ account, to, data, value, chain: wallet.chain })
  return await waitForInclusion(hash, call, options)
}

async function waitForInclusion(sent: Hash, call: ContractCall, options: Options): Promise<Included> {
  // A wallet may reprice it under way: what is looked for is then the newer one.
  let hash = sent
  const onSubmitted = (newest: Hash) => {
    hash = newest
    options.onSubmitted(newest)
  }
  for (;;) {
    onSubmitted(hash)
    try {
      return await lookForInclusion(hash, call, { ...options, onSubmitted })
    } catch (error) {
      const timedOut = error instanceof WaitForTransactionReceiptTimeoutError
      if (!timedOut || !(await options.onOverdue(hash))) throw error
    }
  }
}

async function lookForInclusion(hash: Hash, call: ContractCall, options: Options): Promise<Included> {
  const stop = new AbortController()
  try {
    const ways = [byReceipt(hash, call, options)]
    if (options.seen) ways.push(bySight(options.seen, stop.signal))
    return await Promise.race(ways)
  } finally {
    stop.abort()
  }
}

async function byReceipt(hash: Hash, call: ContractCall, options: Options): Promise<Included> {
  let replaced: ReplacementReason | undefined
  const receipt = await options.client.waitForTransactionReceipt({
    hash,
    timeout: INCLUSION_TIMEOUT_MS,
    onReplaced: ({ reason, transaction }) => {
      replaced = reason
      if (reason === 'repriced') options.onSubmitted(transaction.hash)
    },
  })
  if (replaced === 'cancelled' || replaced === 'replaced') throw new ReplacedError(receipt.transactionHash)
  if (receipt.status === 'reverted') {
    // The chain moved between the trial and the block; the same call now says why.
    await evmConnection(options.client).call({ ...call, from: options.account })
    throw new SubrosaError('TRANSACTION_REVERTED')
  }
  return { hash: receipt.transactionHash, block: receipt.blockNumber }
}

async function bySight(seen: () => Promise<Included | null>, signal: AbortSignal): Promise<Included> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS))
    // Raced against the receipt: once that is decided, nobody listens to this any more.
    if (signal.aborted) return new Promise(() => undefined)
    const found = await seen().catch(() => null)
    if (found) return found
  }
}
