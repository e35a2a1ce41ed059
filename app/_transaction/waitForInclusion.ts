import {
  WaitForTransactionReceiptTimeoutError,
  zeroHash,
  type Address,
  type Hash,
  type PublicClient,
  type ReplacementReason,
} from 'viem'
import type { ContractCall } from '../../lib/chain/connection'
import { evmConnection } from '../../lib/chain/evm/connection'
import { SubrosaError } from '../../lib/protocol/errors'
import { BatchFailed } from './batch'
import { DroppedError, waitUntilDropped } from './dropped'
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

export type InclusionOptions = {
  client: PublicClient
  account: Address
  /** Looks for the effect on the chain itself. */
  seen?: (() => Promise<Included | null>) | undefined
  onSubmitted: (hash?: Hash) => void
  /** No block has it after three minutes, or the network dropped it. Answers whether to look again. */
  onOverdue: (hash: Hash | undefined, dropped: boolean) => Promise<boolean>
}

/**
 * Waits until a block has a sent transaction, by its hash or by its effect, whichever shows first.
 * @param sent Undefined where the wallet gave no hash: then the effect alone tells.
 * @throws SubrosaError or the contract's error for one that reverted, ReplacedError, and viem's time-out or DroppedError
 * where the person stops waiting. What `seen` throws ends the wait, other than silence of the node.
 */
export async function waitForInclusion(
  sent: Hash | undefined,
  call: ContractCall,
  options: InclusionOptions,
  timeoutMs = INCLUSION_TIMEOUT_MS,
): Promise<Included> {
  // A wallet may reprice it under way: what is looked for is then the newer one.
  let hash = sent
  const onSubmitted = (newest?: Hash) => {
    hash = newest
    options.onSubmitted(newest)
  }
  for (;;) {
    onSubmitted(hash)
    try {
      return await lookForInclusion(hash, call, { ...options, onSubmitted }, timeoutMs)
    } catch (error) {
      const dropped = error instanceof DroppedError
      const late = dropped || error instanceof WaitForTransactionReceiptTimeoutError
      if (!late || !(await options.onOverdue(hash, dropped))) throw error
    }
  }
}

async function lookForInclusion(
  hash: Hash | undefined,
  call: ContractCall,
  options: InclusionOptions,
  timeoutMs: number,
): Promise<Included> {
  const stop = new AbortController()
  const { client, seen } = options
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const ways: Promise<Included>[] = []
    if (hash) {
      ways.push(byReceipt(hash, call, options, timeoutMs))
      ways.push(
        waitUntilDropped(client, hash, stop.signal).then(() => {
          throw new DroppedError('no block took it, and it waits nowhere')
        }),
      )
    } else {
      ways.push(
        new Promise((_, reject) => {
          const late = () => reject(new WaitForTransactionReceiptTimeoutError({ hash: zeroHash }))
          timer = setTimeout(late, timeoutMs)
        }),
      )
    }
    if (seen) ways.push(bySight(seen, stop.signal))
    return await Promise.race(ways)
  } finally {
    stop.abort()
    clearTimeout(timer)
  }
}

async function byReceipt(
  hash: Hash,
  call: ContractCall,
  options: InclusionOptions,
  timeout: number,
): Promise<Included> {
  let replaced: ReplacementReason | undefined
  const receipt = await options.client.waitForTransactionReceipt({
    hash,
    timeout,
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
    const found = await seen().catch((error: unknown) => {
      if (error instanceof BatchFailed) throw error
      return null
    })
    if (found) return found
  }
}
