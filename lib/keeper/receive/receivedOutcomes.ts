import type { Hex } from 'viem'
import { z } from 'zod'
import { settleBatchCall } from '../../chain/calls/book/batches'
import { settleCall } from '../../chain/calls/settlement'
import type { ContractCall } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'
import { batchAnswer } from '../batchClient'
import { settlementAnswer } from '../enclaveClient'

/** Outcomes kept; the oldest goes first. What is lost is asked for. */
const MAX_KEPT = 256

/** What an enclave hands over: what it answers where it is asked. */
const outcomeSchema = z.union([settlementAnswer, batchAnswer])

export type ReceivedOptions = {
  deployment: Deployment
  /** A dry run. @throws ContractRevert where the call would fail. */
  estimate: (call: ContractCall) => Promise<bigint>
}

/**
 * Outcomes that enclaves handed over before anybody asked. Whoever sends one is not believed: it is kept where the contract
 * would take it now, since that checks signer and signature, bids and price, and so nobody can put another in its place.
 */
export class ReceivedOutcomes {
  readonly #options: ReceivedOptions
  readonly #calls = new Map<string, ContractCall>()

  constructor(options: ReceivedOptions) {
    this.#options = options
  }

  /**
   * Takes an outcome.
   *
   * @returns false where it is none. @throws ContractRevert where the contract does not take it; SubrosaError where
   * the node does not answer.
   */
  async take(body: unknown): Promise<boolean> {
    const parsed = outcomeSchema.safeParse(body)
    if (!parsed.success) return false
    const { deployment, estimate } = this.#options
    const outcome = parsed.data
    const isBatch = 'fills' in outcome
    const key = isBatch
      ? batchKey(outcome.settlement.marketId, outcome.settlement.batchId)
      : auctionKey(outcome.settlement.id)
    const call = isBatch
      ? settleBatchCall(deployment, outcome.settlement, outcome.signature, outcome.fills)
      : settleCall(deployment, outcome.settlement, outcome.signature, outcome.witness)
    await estimate(call)
    this.#calls.delete(key)
    this.#calls.set(key, call)
    for (const oldest of this.#calls.keys()) if (this.#calls.size > MAX_KEPT) this.#calls.delete(oldest)
    return true
  }

  /** The call that settles an auction; null where nobody handed it over, or the contract does not take it any more. */
  auction(id: Hex): Promise<ContractCall | null> {
    return this.#find(auctionKey(id))
  }

  /** The call that settles a batch, as `auction`. */
  batch(id: Hex, batchId: bigint): Promise<ContractCall | null> {
    return this.#find(batchKey(id, batchId))
  }

  async #find(key: string): Promise<ContractCall | null> {
    const call = this.#calls.get(key)
    if (!call) return null
    try {
      await this.#options.estimate(call)
      return call
    } catch {
      // Struck, or somebody was faster: an enclave, when it is asked, knows.
      this.#calls.delete(key)
      return null
    }
  }
}

const auctionKey = (id: Hex) => id.toLowerCase()
const batchKey = (id: Hex, batchId: bigint) => `${id.toLowerCase()}/${batchId}`
