import { isHash, type Address, type Hash } from 'viem'
import type { Config } from 'wagmi'
import { getConnection, getWalletClient } from 'wagmi/actions'
import type { ContractCall } from '../../lib/chain/connection'
import { evmConnection } from '../../lib/chain/evm/connection'
import { SubrosaError } from '../../lib/protocol/errors'
import { sameHex } from '../_format/hex'
import { batchStatus, sendBatch } from './batch'
import type { Included } from './flow'
import { waitForInclusion, type InclusionOptions } from './waitForInclusion'

type Options = {
  config: Config
  chainId: number
  onChecked: () => void
} & InclusionOptions

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
  if (!accounts.some((each) => sameHex(each, account))) throw new SubrosaError('WRONG_ACCOUNT')
}

/**
 * Sends one call and waits for its inclusion, by the wallet's hash or by its effect, whichever shows first.
 * @throws SubrosaError, ReplacedError, DroppedError, or viem's error for a call that reverts or is declined.
 */
export async function sendCall(call: ContractCall, options: Options): Promise<Included> {
  const { config, client, chainId, account } = options
  const { to, data, value } = call
  await guardWallet(config, chainId, account)
  await evmConnection(client).call({ ...call, from: account })
  options.onChecked()
  const wallet = await getWalletClient(config, { account, chainId })
  const hash: unknown = await wallet.sendTransaction({ account, to, data, value, chain: wallet.chain })
  // Smart accounts answer with a name of their own for what they were asked.
  return waitForInclusion(isHash(String(hash)) ? (hash as Hash) : undefined, call, options)
}

/**
 * Sends several calls in one confirmation, all or none, by EIP-5792. Only the first is tried beforehand: the others
 * build on what it does.
 * @throws as `sendCall`; TRANSACTION_REVERTED where the wallet says that the batch failed.
 */
export async function sendCalls(calls: readonly ContractCall[], options: Options): Promise<Included> {
  const { config, client, chainId, account } = options
  const [first] = calls
  const last = calls.at(-1)
  if (!first || !last) throw new Error('there is nothing to send')
  await guardWallet(config, chainId, account)
  await evmConnection(client).call({ ...first, from: account })
  options.onChecked()
  const wallet = await getWalletClient(config, { account, chainId })
  const id = await sendBatch(wallet, { account, chainId, calls })
  const known = options.seen
  const seen = async () => (await known?.().catch(() => null)) ?? (await batchStatus(wallet, id))
  return waitForInclusion(undefined, last, { ...options, seen })
}
