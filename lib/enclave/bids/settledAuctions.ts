import type { Hex } from 'viem'
import { auctionLogPages } from '../../chain/auctionLogs'
import type { ChainConnection } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'

/**
 * Which auction's settlement names which proofs, as an endpoint's events say: a hint, to be held against what proving
 * the auction again gives. Each block is read once.
 */
export class SettledAuctions {
  readonly #deployment: Deployment
  readonly #ids = new Map<Hex, Hex>()
  #next: bigint

  constructor(deployment: Deployment) {
    this.#deployment = deployment
    this.#next = BigInt(deployment.startBlock)
  }

  /** @returns null where no settlement up to that block names these proofs. */
  async find(connection: Pick<ChainConnection, 'readLogs'>, proofHash: Hex, toBlock: bigint): Promise<Hex | null> {
    const filter = { types: ['AuctionSettled'] as const, fromBlock: this.#next, toBlock }
    for await (const page of auctionLogPages(connection, this.#deployment, filter)) {
      for (const { settlement } of page.events) this.#ids.set(settlement.proofHash, settlement.id)
      this.#next = page.toBlock + 1n
    }
    return this.#ids.get(proofHash) ?? null
  }
}
