import type { Hex } from 'viem'
import { auctionLogPages } from '../../chain/auctionLogs'
import type { ChainConnection } from '../../chain/connection'
import type { Deployment } from '../../chain/deployment'

/** Settlements that one endpoint's word is kept of; the oldest is forgotten first, and asked for again when needed. */
const MAX_REMEMBERED = 16_384

/** Blocks read again each time: an endpoint that lags behind the agreed block has nothing yet to say of the newest. */
const OVERLAP = 256n

type Connection = Pick<ChainConnection, 'readLogs'>

/** What one endpoint said: which auction names which proofs, and up to which block it was asked. */
type Word = { next: bigint; ids: Map<Hex, Hex> }

/**
 * Which auction's settlement names which proofs, as an endpoint's events say: a hint, to be held against what proving
 * the auction again gives. Each endpoint's older blocks are read once, and each has a place of its own: what one leaves out, or
 * makes up, hides nothing that another says.
 */
export class SettledAuctions {
  readonly #deployment: Deployment
  readonly #words = new WeakMap<Connection, Word>()

  constructor(deployment: Deployment) {
    this.#deployment = deployment
  }

  /** @returns null where no settlement up to that block names these proofs, by this endpoint's word. */
  async find(connection: Connection, proofHash: Hex, toBlock: bigint): Promise<Hex | null> {
    const word = this.#wordOf(connection)
    const known = word.ids.get(proofHash)
    if (known) return known
    const filter = { types: ['AuctionSettled'] as const, fromBlock: word.next, toBlock }
    for await (const page of auctionLogPages(connection, this.#deployment, filter)) {
      for (const { settlement } of page.events) remember(word.ids, settlement.proofHash, settlement.id)
      const next = page.toBlock + 1n - OVERLAP
      if (next > word.next) word.next = next
    }
    return word.ids.get(proofHash) ?? null
  }

  #wordOf(connection: Connection): Word {
    const known = this.#words.get(connection)
    if (known) return known
    const word: Word = { next: BigInt(this.#deployment.startBlock), ids: new Map() }
    this.#words.set(connection, word)
    return word
  }
}

function remember(ids: Map<Hex, Hex>, proofHash: Hex, id: Hex): void {
  ids.delete(proofHash)
  ids.set(proofHash, id)
  for (const oldest of ids.keys()) {
    if (ids.size <= MAX_REMEMBERED) break
    ids.delete(oldest)
  }
}
